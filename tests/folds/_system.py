"""The folds wired together in memory, as the agents wire them through topics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, TypeVar

import msgspec

from pipeline.accounts import (
    AccountChanges,
    Arrived,
    Broken,
    Folded,
    PolicyInForce,
    fold_events,
    fold_pauses,
    fold_policies,
)
from pipeline.avro import decode, encode_event, open_text
from pipeline.campaigns import fold_campaigns
from pipeline.creators import fold_contacts
from pipeline.events import Inbound, Milliseconds, Outbound
from pipeline.keyed import Kind
from pipeline.outputs import (
    CampaignNews,
    broken_outputs,
    broken_updates,
    cell_outputs,
    feed_outputs,
    read_campaign,
    read_contacts,
    read_workspace,
    risk_outputs,
    row_outputs,
    violation_outputs,
)
from pipeline.pauses import Pause
from pipeline.risk import AlertRow, AnswersUpdate, News, watch
from pipeline.signals import judge_text
from pipeline.topics import Topic
from pipeline.transport import Output
from tests.reference import model

Value = TypeVar("Value", bound=msgspec.Struct)

_LATER = Milliseconds(10_413_791_999_999)
"""A moment after all others."""


class MemoryState:
    """A keyed state in a dict; values are kept as bytes, so that what is read was written."""

    def __init__(self) -> None:
        self.data: dict[str, bytes] = {}

    def get(self, kind: Kind[Value], key: str) -> Value | None:
        data = self.data.get(kind.prefix + key)
        return None if data is None else kind.decode(data)

    def prefetch(self, kind: Kind[Value], keys: Iterable[str]) -> None:
        """Do nothing: a dict is fast."""

    def put(self, kind: Kind[Value], key: str, value: Value) -> None:
        self.data[kind.prefix + key] = kind.encode(value)

    def delete(self, kind: Kind[Value], key: str) -> None:
        self.data.pop(kind.prefix + key, None)

    def scan(self, kind: Kind[Value]) -> Iterator[tuple[str, Value]]:
        for key, data in sorted(self.data.items()):
            if key.startswith(kind.prefix):
                yield key[len(kind.prefix) :], kind.decode(data)


def _arrived(event: Outbound | Inbound) -> Arrived:
    judged = None
    if isinstance(event, Outbound):
        judged = judge_text(event.body, event.creator_name, event.creator_content)
    return Arrived(event, encode_event(event), judged)


class System:
    """One partition of everything; batches are folded when they are given."""

    def __init__(self) -> None:
        self._accounts, self._creators, self._campaigns = (MemoryState() for _ in range(3))
        self._told = MemoryState()
        self.alerts: list[AlertRow] = []
        """What people were told, in this order."""
        self.paused: list[Pause] = []
        """The pauses of campaigns by their risk."""
        self._rows: dict[str, dict[bytes, bytes]] = defaultdict(dict)
        self._cells: dict[str, dict[tuple[Any, ...], tuple[int, ...]]] = defaultdict(dict)
        self._feeds: dict[str, list[bytes]] = defaultdict(list)
        self._fed: dict[str, dict[tuple[Any, ...], dict[str, Any]]] = defaultdict(dict)
        self.idle: set[str] = set()
        """The topics that were told something that they held already."""

    def events(self, events: Iterable[Outbound | Inbound]) -> Folded:
        """Fold one batch of events."""
        folded = fold_events(self._accounts, [_arrived(each) for each in events])
        self._take(folded.changes)
        return folded

    def policy(self, *policies: PolicyInForce) -> AccountChanges:
        """Put policies in force."""
        changes = fold_policies(self._accounts, list(policies))
        self._take(changes)
        return changes

    def pauses(self, *pauses: Pause) -> AccountChanges:
        """Let campaigns be paused, or go on."""
        changes = fold_pauses(self._accounts, pauses)
        self._take(changes)
        return changes

    def state(self) -> list[dict[str, bytes]]:
        """Return a copy of all that the folds remember."""
        return [dict(each.data) for each in (self._accounts, self._creators, self._campaigns)]

    def _take(self, changes: AccountChanges) -> None:
        self._write(
            row_outputs(changes, 0),
            cell_outputs(changes, 0),
            feed_outputs(changes, 1),
        )

    def settle(self) -> None:
        """Fold what the feeds hold."""
        contacts = self._feeds.pop(Topic.CREATOR_CONTACTS, [])
        updates = [update for value in contacts for update in read_contacts(value)]
        broken = Broken.none()
        violations = fold_contacts(self._creators, updates, broken)
        self._write(violation_outputs(violations, 0), broken_outputs(broken, 1))
        campaigns = self._feeds.pop(Topic.CAMPAIGN_TOUCHES, [])
        workspaces = self._feeds.pop(Topic.WORKSPACE_ANSWERS, [])
        answers = [update for value in workspaces for update in read_workspace(value).answers]
        self._fold_campaigns([read_campaign(value) for value in campaigns], answers)

    def _fold_campaigns(self, read: list[CampaignNews], answers: list[AnswersUpdate]) -> None:
        broken = Broken.none()
        touches = chain.from_iterable(each.touches for each in read)
        self._write(violation_outputs(fold_campaigns(self._campaigns, touches, broken), 0))
        news = News(
            risk=[*chain.from_iterable(each.risk for each in read), *broken_updates(broken)],
            copies=[*chain.from_iterable(each.copies for each in read)],
            answers=answers,
            reviews={each.campaign for each in read if each.is_review},
        )
        watched = watch(self._campaigns, self._told, news, _LATER)
        self._write(risk_outputs(watched.risks, 0))
        self.alerts += watched.alerts
        self.paused += watched.pauses

    def _write(self, *outputs: Sequence[Output]) -> None:
        for output in (each for some in outputs for each in some):
            assert output.value is not None
            if output.topic == Topic.WORKSPACE_ANSWERS:
                self._feeds[output.topic].append(output.value)
            elif output.topic in (Topic.CREATOR_CONTACTS, Topic.CAMPAIGN_TOUCHES):
                self._feeds[output.topic].append(output.value)
                record = decode(output.value)[1]
                for part in record.get("contacts", [record]):
                    self._feed(output.topic, part)
            elif output.topic == Topic.CAMPAIGN_RISK:
                assert output.key is not None
                self._rows[output.topic][output.key] = output.value
            elif output.topic == Topic.RATE_CELLS:
                self._count(decode(output.value)[1])
            else:
                assert output.key is not None
                self._put_row(output.topic, output.key, output.value)

    def _put_row(self, topic: str, key: bytes, value: bytes) -> None:
        rows = self._rows[topic]
        if value == rows.get(key) or (key not in rows and decode(value)[1]["withdrawn"]):
            self.idle.add(topic)
        rows[key] = value

    def _feed(self, topic: str, record: dict[str, Any]) -> None:
        fed = self._fed[topic]
        items = [(name, item) for name in ("touches", "opt_outs") for item in record.get(name, [])]
        for name, item in items:
            names = ("workspace", "platform", "account_id", "creator_id", "campaign_id")
            key = (name, *(record.get(each) for each in names), item["message_id"])
            if topic == Topic.CAMPAIGN_TOUCHES:
                key = (*key, item["platform"], item["account_id"], item["occurred_at"] // model.DAY)
            if item == fed.get(key) or (key not in fed and item["withdrawn"]):
                self.idle.add(topic)
            fed[key] = item

    def _count(self, record: dict[str, Any]) -> None:
        account = (record["workspace"], record["platform"], record["account_id"])
        if not record["response_cells"] and not record["step_cells"]:
            self.idle.add(Topic.RATE_CELLS)
        for name in ("response_cells", "step_cells"):
            for cell in record[name]:
                counts = tuple(cell.values())
                split = 3 if name == "response_cells" else 4
                key = (*account, *counts[:split])
                if counts[split:] == self._cells[name].get(key, (0,) * 4):
                    self.idle.add(Topic.RATE_CELLS)
                self._cells[name][key] = counts[split:]

    def result(self) -> model.Result:
        """Return everything as the reference computation puts it."""
        self.settle()
        return model.Result(
            touches={key: _touch(row) for key, row in self._live(Topic.TOUCHES)},
            replies={key: _reply(row) for key, row in self._live(Topic.REPLY_OUTCOMES)},
            audience_messages={
                key: _audience(row) for key, row in self._live(Topic.AUDIENCE_MESSAGES)
            },
            violations={(*key, row["rule"]) for key, row in self._live(Topic.VIOLATIONS)},
            response_rates={
                cell: counts  # type: ignore[misc]  # the lengths are those of the schema
                for cell, counts in self._cells["response_cells"].items()
                if any(counts)
            },
            step_rates={
                cell: counts  # type: ignore[misc]  # the lengths are those of the schema
                for cell, counts in self._cells["step_cells"].items()
                if any(counts)
            },
        )

    def risks(self) -> list[dict[str, Any]]:
        """Return the risk of each campaign, but whether that has paused it: a fact of its time."""
        self.settle()
        rows = sorted(self._rows[Topic.CAMPAIGN_RISK].items())
        records = [decode(value)[1] for _, value in rows]
        return [record | {"paused": None} for record in records if not record["withdrawn"]]

    def shown(self) -> dict[tuple[str, ...], tuple[Any, ...]]:
        """Return the quality and the signals of each touch."""
        return {
            key: (row["quality"], tuple(each["signal"] for each in row["signals"]))
            for key, row in self._live(Topic.TOUCHES)
        }

    def _live(self, topic: Topic) -> Iterator[tuple[tuple[str, str, str, str], dict[str, Any]]]:
        for value in self._rows[topic].values():
            _, row = decode(value)
            if not row["withdrawn"]:
                key = (row["workspace"], row["platform"], row["account_id"], row["message_id"])
                yield key, row


def _touch(row: dict[str, Any]) -> model.TouchRow:
    fields = model.TouchRow.__dataclass_fields__
    return model.TouchRow(**{name: row[name] for name in fields} | {"body": open_text(row["body"])})


def _reply(row: dict[str, Any]) -> model.ReplyRow:
    fields = model.ReplyRow.__dataclass_fields__
    return model.ReplyRow(**{name: row[name] for name in fields} | {"body": open_text(row["body"])})


def _audience(row: dict[str, Any]) -> model.AudienceRow:
    return model.AudienceRow(row["creator_id"], row["received_at"], open_text(row["body"]))
