"""Sound records of every topic, each with ids of its own, to be damaged or sent as they are."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.topics import Topic
from tests.fuzz._judging import SCHEMA_OF
from tests.fuzz._published import Published, Record, newest, write_value
from tests.reference.model import Event

_NOON = 1_767_225_600_000


@dataclass(frozen=True)
class Sound:
    """A record that is of use, if it is no policy."""

    topic: Topic
    schema: Published
    record: Record

    def pieces(self) -> dict[str, bytes]:
        """Return the bytes of each field."""
        types = self.schema.types()
        return {name: write_value(types[name], self.record[name]) for name in types}

    def value(self, **changed: bytes) -> bytes:
        """Return the message, with other bytes for some of its fields."""
        return self.schema.header + b"".join((self.pieces() | changed).values())


class Source:
    """Makes sound records; equal seeds, equal records.

    Events are those of a log, moved to workspaces, and given ids, that nobody else has.
    """

    def __init__(self, log: Sequence[Event], chance: random.Random) -> None:
        self._log = log
        self._chance = chance

    def of(self, topic: Topic) -> Sound:
        """Return a record of this topic."""
        schema = newest(SCHEMA_OF[topic])
        if topic in _DERIVED:
            return Sound(topic, schema, _DERIVED[topic](self.new_id))
        return Sound(topic, schema, self._event(topic))

    def new_id(self) -> str:
        """Return an id that a flip of bits does not turn into another one of ours."""
        return f"{self._chance.getrandbits(64):016x}"

    def _event(self, topic: Topic) -> Record:
        of_type = {
            Topic.DM_SENT: "dm_sent",
            Topic.FOLLOW_UPS: "follow_up",
            Topic.REPLIES: "reply",
            Topic.SEND_REQUESTS: "send_request",
        }[topic]
        event = replace(
            self._chance.choice(self._log),
            type=of_type,
            event_id=self.new_id(),
            message_id=self.new_id(),
            workspace=f"damaged {self._chance.randrange(40)}",
        )
        return record_of(event)


def record_of(event: Event) -> Record:
    """Return what a sender writes of an event."""
    names = newest(
        {"dm_sent": "dm-sent", "follow_up": "follow-up"}.get(
            event.type, event.type.replace("_", "-")
        )
    ).types()
    texts = {
        "body": _plain(event.body),
        "creator_name": None if event.creator_name is None else _plain(event.creator_name),
        "creator_content": list(event.creator_content),
        "kind": event.kind or "message",
        "request_id": event.message_id,
    }
    return {name: texts[name] if name in texts else getattr(event, name) for name in names}


def _plain(text: str) -> Record:
    return {"bytes": text.encode(), "key_id": None}


_NewId = Callable[[], str]


def _account(new_id: _NewId) -> Record:
    return {"workspace": "derived", "platform": "x", "account_id": new_id()}


def _message(new_id: _NewId) -> Record:
    return {**_account(new_id), "message_id": new_id(), "creator_id": new_id()}


def _touch(new_id: _NewId) -> Record:
    return {
        **_message(new_id),
        "campaign_id": "spring",
        "template_id": "warm",
        "step": 2,
        "phase": "outreach",
        "attempt_started_at": _NOON,
        "sent_at": _NOON,
        "event_id": new_id(),
        "body": _plain("Hi Ana"),
        "replied_at": _NOON + 5_000,
        "reply_class": "neutral",
        "seconds_to_reply": 5,
        "creator_followers": None,
        "creator_email_listed": True,
        "withdrawn": False,
    }


def _violation(new_id: _NewId) -> Record:
    return {
        **_message(new_id),
        "campaign_id": "spring",
        "rule": "min_gap",
        "sent_at": _NOON,
        "detail": "2 h after the touch before it",
        "withdrawn": False,
    }


def _reply(new_id: _NewId) -> Record:
    return {
        **_message(new_id),
        "campaign_id": "spring",
        "received_at": _NOON,
        "event_id": new_id(),
        "body": _plain("Who is this?"),
        "reply_class": "neutral",
        "credited_message_id": None,
        "withdrawn": False,
    }


def _audience_message(new_id: _NewId) -> Record:
    return {
        **_message(new_id),
        "received_at": _NOON,
        "event_id": new_id(),
        "body": _plain("Do you ship to Peru?"),
        "kind": "message",
        "withdrawn": False,
    }


def _cells(new_id: _NewId) -> Record:
    cell = {"campaign_id": "spring", "template_id": "warm", "hour": _NOON}
    response = {"attempts": 4, "replied_attempts": 3, "positive_attempts": 2, "opt_outs": 1}
    step = {"touches": 4, "replied_touches": 3, "positive_touches": 2, "reply_seconds": 9}
    return {
        **_account(new_id),
        "response_cells": [cell | response],
        "step_cells": [cell | {"step": number} | step for number in range(2)],
    }


def _contacts(new_id: _NewId) -> Record:
    """Return a touch that no rule of the creators' side binds."""
    touch = {
        "occurred_at": _NOON,
        "event_id": new_id(),
        "message_id": new_id(),
        "campaign_id": "spring",
        "phase": "conversation",
        "opens_attempt": False,
        "contact_cap": None,
        "opted_out_binds": False,
        "withdrawn": False,
    }
    return {
        "contacts": [
            {**_account(new_id), "creator_id": new_id(), "touches": [touch], "opt_outs": []}
        ]
    }


def _campaign(new_id: _NewId) -> Record:
    """Return a touch without a cap."""
    touch = {
        "occurred_at": _NOON,
        "event_id": new_id(),
        "platform": "x",
        "account_id": new_id(),
        "message_id": new_id(),
        "creator_id": new_id(),
        "phase": "outreach",
        "daily_cap": None,
        "withdrawn": False,
    }
    return {"workspace": "derived", "campaign_id": new_id(), "touches": [touch]}


def _letter(new_id: _NewId) -> Record:
    return {
        "dead_letter_id": new_id(),
        "topic": "",
        "partition": -1,
        "offset": -1,
        "source": "log.jsonl",
        "line": 7,
        "field": "body",
        "reason": "is empty",
        "payload": b"{}",
        "at": _NOON,
        "replayed_at": None,
    }


def _policy(new_id: _NewId) -> Record:
    """Return what is none: its document."""
    return {
        "policy_id": new_id(),
        "effective_from": None,
        "loaded_at": _NOON,
        "source": "by hand",
        "document": '{"defaults": {"rules": "\\ud800"}, "own": {}}',
    }


_DERIVED: Mapping[Topic, Callable[[_NewId], Record]] = {
    Topic.POLICIES: _policy,
    Topic.TOUCHES: _touch,
    Topic.VIOLATIONS: _violation,
    Topic.REPLY_OUTCOMES: _reply,
    Topic.AUDIENCE_MESSAGES: _audience_message,
    Topic.RATE_CELLS: _cells,
    Topic.CREATOR_CONTACTS: _contacts,
    Topic.CAMPAIGN_TOUCHES: _campaign,
    Topic.DEAD_LETTERS: _letter,
}
