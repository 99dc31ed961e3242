"""Hypothesis strategies: policies that treat the few accounts and campaigns of a set apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Any

from hypothesis import strategies as st

from pipeline.events import Inbound, Outbound
from pipeline.ingest import parse_line
from tests.folds._policies import Override, Policy
from tests.reference import model
from tests.reference.strategies import limits_with_small_caps, to_json_line

_ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe")
_SETTINGS: dict[str, Sequence[Any]] = {
    "max_follow_ups": (0, 1, None),
    "min_gap": (model.HOUR, 72 * model.HOUR, None),
    "max_pre_accept": (0, 1, None),
    "account_daily_cap": (0, 1, 2, None),
    "campaign_daily_cap": (0, 1, 2, None),
    "quiet_hours": ((time(21), time(8)), (time(2), time(3, 30)), None),
    "opted_out": (True, False),
    "recontact_gap": (model.DAY, 30 * model.DAY, None),
    "creator_contact_cap": (0, 1, 2, None),
    "campaign_paused": (True, False),
}


def parsed(event: model.Event) -> Outbound | Inbound:
    """Return the event as the pipeline reads its line."""
    read = parse_line(to_json_line(event).encode())
    assert isinstance(read, Outbound | Inbound), read
    return read


def foldable(events: Sequence[model.Event]) -> list[Outbound | Inbound]:
    """Return the events that folds take: send requests are the gate's."""
    return [parsed(event) for event in events if event.type != "send_request"]


_SELECTORS: Sequence[dict[str, str]] = (
    {"platform": "instagram"},
    {"platform": "x", "account": "a2"},
    {"account": "a1"},
    {"campaign": "spring"},
    {"campaign": "autumn", "account": "a1"},
    {"workspace": "north"},
    {"workspace": "default", "platform": "tiktok", "campaign": "gala"},
)


def overrides() -> st.SearchStrategy[Override]:
    """Draw one or two settings for some of the accounts and campaigns of the drawn sets."""
    setting = st.sampled_from(tuple(_SETTINGS)).flatmap(
        lambda name: st.tuples(st.just(name), st.sampled_from(_SETTINGS[name]))
    )
    return st.builds(
        lambda selectors, settings: Override(dict(settings), **selectors),
        st.sampled_from(_SELECTORS),
        st.lists(setting, min_size=1, max_size=2),
    )


def policies(starts: Sequence[int] = ()) -> st.SearchStrategy[Policy]:
    """Draw policies with overrides and time zones, in force from one of the starts or from ever."""
    accounts = st.tuples(
        st.sampled_from(("instagram", "tiktok", "x")), st.sampled_from(("a1", "a2"))
    )
    return st.builds(
        Policy,
        limits=limits_with_small_caps(),
        overrides=st.lists(overrides(), max_size=4).map(tuple),
        zones=st.dictionaries(accounts, st.sampled_from(_ZONES), max_size=2),
        effective_from=st.sampled_from((None, *starts)),
    )


def pauses(moments: Sequence[int]) -> st.SearchStrategy[list[model.Pause]]:
    """Draw pauses and resumptions of the campaigns of the drawn sets, at the moments."""
    drawn = st.builds(
        model.Pause,
        pause_id=st.sampled_from("abcdef"),
        at=st.sampled_from(moments),
        paused=st.booleans(),
        campaign_id=st.sampled_from(("spring", "spring", "autumn", "")),
        workspace=st.sampled_from(("default", "default", "default", "north")),
    )
    return st.lists(drawn, unique_by=lambda pause: pause.pause_id, max_size=6)
