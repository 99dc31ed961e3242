"""Hypothesis strategies: small sets of events in which everything meets everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time
from typing import Any

from hypothesis import strategies as st

from tests.reference._bodies import REPLY_CLASSES, TOUCH_BODIES, classify_known
from tests.reference._event import DAY, HOUR, REPLY, Event
from tests.reference._json_line import to_json_line
from tests.reference._limits import Limits
from tests.reference._setting import SETTINGS, Setting

__all__ = ["Event", "classify_known", "event_sets", "limits_with_small_caps", "to_json_line"]

_TYPES = ("dm_sent", "dm_sent", "follow_up", "follow_up", REPLY, REPLY, REPLY, "send_request")
_NIGHT = (time(21), time(8))
_KINDS = (None, "message", "story_reply", "story_mention", "quick_reply")
_LEAST_SIZES = (1, 6, 12, 20)  # left alone, Hypothesis draws short lists, where little meets


@dataclass(frozen=True)
class _Draft:
    """An event before its ids are settled; `again` picks an earlier message of its account."""

    event: Event
    again: int | None


@st.composite
def _drafts(draw: st.DrawFn, setting: Setting) -> _Draft:
    cast = setting.cast
    event_type = draw(st.sampled_from(_TYPES))
    moment = setting.start + DAY * draw(st.sampled_from(setting.spread.days))
    moment += HOUR * draw(st.sampled_from(setting.spread.hours))
    moment += draw(st.sampled_from(setting.milliseconds))
    event = Event(
        type=event_type,
        event_id=draw(st.sampled_from(setting.event_ids)),
        workspace=draw(st.sampled_from(cast.workspaces)),
        occurred_at=moment,
        platform=draw(st.sampled_from(cast.platforms)),
        account_id=draw(st.sampled_from(cast.accounts)),
        creator_id=draw(st.sampled_from(cast.creators)),
        message_id="",
        body=draw(st.sampled_from(tuple(REPLY_CLASSES) if event_type == REPLY else TOUCH_BODIES)),
        creator_follows=draw(st.sampled_from((None, True, False))),
        **draw(_INBOUND_FIELDS if event_type == REPLY else _outbound_fields(setting)),
    )
    return _Draft(event, draw(st.none() | st.none() | st.none() | st.integers(0, 5)))


_INBOUND_FIELDS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(_KINDS),
        "in_reply_to": st.sampled_from((None, "m0", "m1", "unknown")),
    }
)


def _outbound_fields(setting: Setting) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "campaign_id": st.sampled_from(setting.cast.campaigns),
            "template_id": st.sampled_from((None, "warm", "brief")),
            "creator_name": st.sampled_from((None, "Ana", "Zoë")),
            "creator_timezone": st.sampled_from(setting.timezones),
            "creator_accepted": st.sampled_from((None, None, None, False, True)),
            "creator_followers": st.sampled_from((None, 0, 12_000)),
            "creator_email_listed": st.sampled_from((None, True, False)),
            "creator_content": st.sampled_from(((), ("winter tents", "Pâté at home"))),
        }
    )


@st.composite
def event_sets(draw: st.DrawFn, max_size: int = 30) -> list[Event]:
    """Draw events in any order, some of them more than once.

    What holds: an event id belongs to one event of its account. What is meant to happen: times
    tie, or lie a millisecond to either side of 1 h, 24 h, 72 h and 30 d; several events tell of
    one message, and may move it to another creator or from a touch to a reply.
    """
    least = draw(st.sampled_from([size for size in _LEAST_SIZES if size <= max_size]))
    one_draft = _drafts(draw(SETTINGS))
    drafts = draw(st.lists(one_draft, min_size=least, max_size=max_size))
    events = _with_ids(drafts)
    return events + draw(st.lists(st.sampled_from(events), max_size=3))


def _with_ids(drafts: Sequence[_Draft]) -> list[Event]:
    events: list[Event] = []
    for draft in drafts:
        of_account = [event for event in events if event.account == draft.event.account]
        taken = {event.event_id for event in of_account}
        known = sorted({event.message_id for event in of_account})
        event_id = draft.event.event_id
        if event_id in taken:
            event_id += f"-{len(of_account)}"
        message_id = f"m{len(known)}"
        if known and draft.again is not None:
            message_id = known[draft.again % len(known)]
        events.append(replace(draft.event, event_id=event_id, message_id=message_id))
    return events


def limits_with_small_caps() -> st.SearchStrategy[Limits]:
    """Draw limits that a small set of events can break; each rule may be off."""
    return st.builds(
        Limits,
        max_follow_ups=st.sampled_from((0, 1, 2, None)),
        min_gap=st.sampled_from((72 * HOUR, 24 * HOUR, None)),
        max_pre_accept=st.sampled_from((1, 3, 0, None)),
        account_daily_cap=st.sampled_from((1, 2, 3, None)),
        campaign_daily_cap=st.sampled_from((1, 2, 3, None)),
        quiet_hours=st.sampled_from((_NIGHT, _NIGHT, (time(1), time(3)), None)),
        opted_out=st.sampled_from((True, True, False)),
        recontact_gap=st.sampled_from((30 * DAY, 3 * DAY, None)),
        creator_contact_cap=st.sampled_from((2, 1, None)),
    )
