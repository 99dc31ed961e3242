"""What the events of one drawn set have in common: who, when, and which ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from hypothesis import strategies as st

from tests.reference._event import SECOND

_EVENT_IDS = (
    ("e",),
    ("\uff5e", "\U0001f600"),
    ("a", "B", "b", "é", "9", "10", "\uff5e", "\U0001f600"),
)
"""A set draws from one of these: few ids, so that accounts tie; or two that change places where
ids are compared as UTF-16; or many, so that the order is not that of arrival."""

_TIMEZONES: Sequence[Sequence[str | None]] = (
    (None,),
    (None, None, "Europe/Berlin"),
    (
        None,
        None,
        "Europe/Berlin",
        "America/New_York",
        "America/Havana",
        "Asia/Kolkata",
        "Australia/Lord_Howe",
    ),
)

_STARTS = (
    datetime(2024, 1, 9, 20, tzinfo=UTC),
    datetime(2024, 1, 9, 19, tzinfo=UTC),
    datetime(2024, 1, 9, 15, 30, tzinfo=UTC),
    datetime(2024, 3, 30, 19, tzinfo=UTC),
    datetime(2024, 10, 26, 18, tzinfo=UTC),
    datetime(2024, 11, 3, 0, tzinfo=UTC),
)
"""Some an hour before quiet hours begin in UTC, Berlin or Kolkata; some near a change of clocks."""


@dataclass(frozen=True)
class Cast:
    """Who meets whom; few of each, so that they do."""

    workspaces: Sequence[str]
    platforms: Sequence[str]
    accounts: Sequence[str]
    creators: Sequence[str]
    campaigns: Sequence[str | None]


_CASTS = (
    Cast(("default",), ("instagram",), ("a1",), ("c1",), (None, "spring", "autumn")),
    Cast(("default",), ("instagram",), ("a1", "a2"), ("c1",), (None, "spring", "autumn")),
    Cast(("default",), ("tiktok",), ("a1",), ("c1", "c2"), (None, "spring", "autumn", "gala")),
    Cast(("default",), ("instagram", "x"), ("a1", "a2"), ("c1",), ("spring", "autumn")),
    Cast(("default", "north"), ("instagram",), ("a1",), ("c1",), ("spring", "autumn")),
    Cast(
        ("default", "north"),
        ("instagram", "tiktok", "x", "linkedin"),
        ("a1", "a2"),
        ("c1", "c2"),
        (None, "spring", "autumn"),
    ),
)


@dataclass(frozen=True)
class Spread:
    """A time is a start, some days and some hours, each drawn from a list.

    Where many messages share few points they tie; where few share many, two that follow each
    other lie one step apart.
    """

    days: Sequence[int]
    hours: Sequence[int]


_SPREADS = (
    Spread(days=(0,), hours=(0, 1)),
    Spread(days=(0,), hours=range(8)),
    Spread(days=(0, 1), hours=range(0, 24, 12)),
    Spread(days=range(9), hours=(0, 0, 1)),
    Spread(days=range(0, 45, 3), hours=(0,)),
    Spread(days=range(0, 150, 30), hours=(0, 0, 1)),
    Spread(days=(0, 1, 3, 4, 30, 31, 33), hours=(0, 1, 12)),
)
_MILLISECONDS = ((0,), (0, 0, 0, 0, -1, 1, SECOND))


@dataclass(frozen=True)
class Setting:
    """What all events of one set draw from."""

    cast: Cast
    spread: Spread
    start: int
    milliseconds: Sequence[int]
    event_ids: Sequence[str]
    timezones: Sequence[str | None]


SETTINGS = st.builds(
    Setting,
    cast=st.sampled_from(_CASTS),
    spread=st.sampled_from(_SPREADS),
    start=st.sampled_from([int(start.timestamp()) * SECOND for start in _STARTS]),
    milliseconds=st.sampled_from(_MILLISECONDS),
    event_ids=st.sampled_from(_EVENT_IDS),
    timezones=st.sampled_from(_TIMEZONES),
)
