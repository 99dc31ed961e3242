from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from examples.agency_quarter._data import LANGUAGES, table
from tests.examples.line_check import KINDS, PLATFORMS, TOUCHES, TYPES, fault, moment
from tests.examples.reading import (
    Event,
    conversation_of,
    message_of,
    openers,
    touches_by_campaign,
)

DAY = 86_400_000


def test_every_line_is_valid(shipped_lines: list[str]) -> None:
    """The shipped log has at least 55,000 lines, and a run of it meets no bad one."""
    assert len(shipped_lines) >= 55_000
    assert [line for line in shipped_lines if fault(line) is not None] == []


def test_it_is_one_quarter(shipped: list[Event]) -> None:
    """Everything happened from July to September 2026, from the first day to the last."""
    moments = [moment(event["occurred_at"]) for event in shipped]
    first, last = (datetime.fromtimestamp(at / 1000, UTC) for at in (min(moments), max(moments)))
    assert (first.year, first.month, first.day) == (2026, 7, 1)
    assert (last.year, last.month, last.day) == (2026, 9, 30)


def test_every_kind_of_event_occurs(shipped: list[Event]) -> None:
    """All types, platforms and kinds of inbound messages are there, in three workspaces."""
    assert {event["type"] for event in shipped} == set(TYPES)
    assert {event["platform"] for event in shipped} == set(PLATFORMS)
    assert {event.get("kind") for event in shipped if event["type"] == "reply"} >= set(KINDS)
    assert len({event.get("workspace") or "default" for event in shipped}) == 3


def test_size_of_the_agency(shipped: list[Event]) -> None:
    """The agency has about 160 accounts, two dozen campaigns and thousands of creators."""
    accounts = {conversation_of(event)[:3] for event in shipped}
    touches = touches_by_campaign(shipped)
    creators = {(event["platform"], event["creator_id"]) for event in shipped}
    assert 140 <= len(accounts) <= 180
    assert 20 <= len(touches) <= 30
    assert len(creators) > 10_000
    assert sum(len(openers(of_campaign)) for of_campaign in touches.values()) >= 15_000


def deliveries(shipped: list[Event]) -> Iterator[tuple[str, ...]]:
    """Yield what each line's event is known by."""
    for event in shipped:
        yield (*conversation_of(event)[:3], event["event_id"])


def test_some_events_come_twice(shipped: list[Event]) -> None:
    """About three in a hundred events are delivered twice, word for word."""
    times = Counter(deliveries(shipped))
    assert set(times.values()) == {1, 2}
    assert 0.025 <= sum(count == 2 for count in times.values()) / len(times) <= 0.035
    first: dict[tuple[str, ...], Event] = {}
    for key, event in zip(deliveries(shipped), shipped, strict=True):
        assert first.setdefault(key, event) == event


def test_some_messages_have_two_events(shipped: list[Event]) -> None:
    """About one message in two hundred came by a webhook and by an import."""
    events: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for event in shipped:
        if "message_id" in event:
            events[message_of(event)].add(event["event_id"])
    assert 0.003 <= sum(len(ids) == 2 for ids in events.values()) / len(events) <= 0.007


def test_some_events_come_late(shipped: list[Event]) -> None:
    """The file is nearly in order: few lines are minutes late, some days, none two weeks."""
    newest, behind = 0, []
    for event in shipped:
        newest = max(newest, moment(event["occurred_at"]))
        behind.append(newest - moment(event["occurred_at"]))
    assert 0.03 <= sum(lag > 60_000 for lag in behind) / len(behind) <= 0.1
    assert sum(lag > DAY for lag in behind) > 300
    assert max(behind) < 14 * DAY


def test_times_are_spelt_in_several_ways(shipped: list[Event]) -> None:
    """Times come as epoch milliseconds, in UTC with and without fractions, and with offsets."""
    spellings = Counter(
        "epoch"
        if isinstance(event["occurred_at"], int)
        else f"{len(event['occurred_at'])}{event['occurred_at'][-1]}"[:3]
        for event in shipped
    )
    assert {"epoch", "20Z", "24Z", "27Z", "250"} <= spellings.keys()
    assert min(spellings[name] for name in ("epoch", "20Z", "24Z", "27Z", "250")) > 500


def test_optional_fields_are_sometimes_absent_null_or_empty(shipped: list[Event]) -> None:
    """Readers meet a name, a zone and captions in every allowed state."""
    outbound = [event for event in shipped if event["type"] in TOUCHES]
    for name, empty in (("creator_name", ""), ("creator_timezone", ""), ("creator_content", [])):
        states = [event.get(name, "absent") for event in outbound]
        assert {"absent" in states, None in states, empty in states} == {True}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "reply_class", ["positive", "neutral", "negative", "opt_out", "out_of_office"]
)
def test_replies_of_every_class_and_language(
    shipped: list[Event], language: str, reply_class: str
) -> None:
    """Creators answer in five languages and in every way, each more than once."""
    starts = tuple(
        text.split("{")[0] for text in table(f"replies/{language}")[reply_class] if text[0] != "{"
    )
    bodies = [event["body"] for event in shipped if event["type"] == "reply"]
    assert sum(body.startswith(starts) for body in bodies) > 3
