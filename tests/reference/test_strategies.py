from collections import Counter
from dataclasses import replace
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.reference._bodies import REPLY_CLASSES
from tests.reference.model import RULES, Event, Limits, Result, compute, parse
from tests.reference.strategies import (
    classify_known,
    event_sets,
    limits_with_small_caps,
    to_json_line,
)


@given(event_sets())
@settings(deadline=None)
def test_every_drawn_event_survives_its_line(events: list[Event]) -> None:
    """Written as JSON and read again, an event is the same."""
    assert [parse(to_json_line(event)) for event in events] == events


@given(event_sets(), st.randoms(use_true_random=False), limits_with_small_caps())
@settings(deadline=None)
def test_order_and_repetition_mean_nothing(
    events: list[Event], random: Random, limits: Limits
) -> None:
    """A shuffled set with everything twice has the same end state."""
    twice = events + events
    random.shuffle(twice)
    assert compute(twice, classify_known, lambda *_: limits) == compute(
        events, classify_known, lambda *_: limits
    )


@given(event_sets(), limits_with_small_caps())
@settings(deadline=None)
def test_nothing_crosses_from_one_workspace_to_another(events: list[Event], limits: Limits) -> None:
    """Each workspace has of its own what it has among others."""
    whole = compute(events, classify_known, lambda *_: limits)
    parts = [
        compute([e for e in events if e.workspace == name], classify_known, lambda *_: limits)
        for name in {event.workspace for event in events}
    ]
    assert whole.violations == set().union(*(part.violations for part in parts))
    assert whole.touches == {key: row for part in parts for key, row in part.touches.items()}
    assert whole.response_rates == {
        cell: counts for part in parts for cell, counts in part.response_rates.items()
    }


@given(event_sets())
@settings(deadline=None)
def test_rates_add_up_to_touches(events: list[Event]) -> None:
    """Every attempt and every touch of the outreach phase stands in one cell."""
    result = compute(events, classify_known)
    openers = {(*key[:3], row.creator_id, row.campaign_id) for key, row in result.touches.items()}
    outreach = [row for row in result.touches.values() if row.phase == "outreach"]
    credited = [row for row in outreach if row.replied_at is not None]
    assert sum(counts[0] for counts in result.response_rates.values()) == len(openers)
    assert sum(counts[1] for counts in result.response_rates.values()) == len(credited)
    assert sum(counts[0] for counts in result.step_rates.values()) == len(outreach)
    assert sum(counts[1] for counts in result.step_rates.values()) == len(credited)


@given(event_sets())
@settings(deadline=None)
def test_what_the_sender_calls_a_touch_changes_nothing(events: list[Event]) -> None:
    """Told that every touch is a follow-up, or that none is, the answer is the same."""

    def renamed(name: str) -> Result:
        named = [replace(event, type=name) if event.is_touch else event for event in events]
        return compute(named, classify_known)

    assert renamed("dm_sent") == renamed("follow_up")


def test_the_sets_are_nasty() -> None:
    """Among a few hundred sets every rule is broken, and everything else happens, often."""
    seen: Counter[str] = Counter()

    @settings(
        max_examples=250, deadline=None, derandomize=True, database=None, phases=[Phase.generate]
    )
    @given(event_sets(), limits_with_small_caps())
    def look(events: list[Event], limits: Limits) -> None:
        result = compute(events, classify_known, lambda *_: limits)
        seen.update({violation[4] for violation in result.violations})
        seen.update({row.reply_class for row in result.replies.values()})
        seen.update(_happenings(events, result))

    look()
    assert {name: seen[name] for name in _EXPECTED if seen[name] < 10} == {}


_EXPECTED = {
    *RULES,
    *REPLY_CLASSES.values(),
    "audience message",
    "uncredited reply",
    "a message that moves",
    "a message that changes direction",
    "a tie in one account",
    "a tie between accounts",
    "an inherited campaign",
    "a later step in the conversation phase",
    "two workspaces",
}


def _happenings(events: list[Event], result: Result) -> set[str]:
    pairs = [(one, other) for one in events for other in events if one != other]
    same_message = [(one, other) for one, other in pairs if one.message == other.message]
    ties = [(one, other) for one, other in pairs if one.occurred_at == other.occurred_at]
    rows = result.touches.values()
    happened = {
        "audience message": bool(result.audience_messages),
        "uncredited reply": any(row.credited_message_id is None for row in result.replies.values()),
        "a message that moves": any(a.creator_id != b.creator_id for a, b in same_message),
        "a message that changes direction": any(
            a.is_touch and b.is_inbound for a, b in same_message
        ),
        "a tie in one account": any(a.account == b.account for a, b in ties),
        "a tie between accounts": any(
            a.creator == b.creator and a.account != b.account and a.event_id == b.event_id
            for a, b in ties
        ),
        "an inherited campaign": any(
            event.is_touch
            and event.campaign_id is None
            and event.message in result.touches
            and result.touches[event.message].campaign_id
            for event in events
        ),
        "a later step in the conversation phase": any(
            row.phase == "conversation" and row.step for row in rows
        ),
        "two workspaces": len({event.workspace for event in events}) > 1,
    }
    return {name for name, is_so in happened.items() if is_so}
