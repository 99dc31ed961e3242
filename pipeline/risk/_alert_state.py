"""What is remembered of a campaign's alerts."""

from __future__ import annotations

from typing import Final

import msgspec

from pipeline.keyed import Kind
from pipeline.risk._codes import RiskSignal
from pipeline.risk._state import Minute


class OpenAlert(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The alert that is open, and what people were told of it."""

    opened: Minute
    told: Minute
    """The minute of the last thing told."""
    sequence: int
    """That of it: 0 for the opening."""
    band: int
    """The highest band told."""
    signals: frozenset[RiskSignal]
    """All signals told."""
    evidence: tuple[str, ...]
    """That of the last thing told."""
    highest: int
    """The highest risk so far."""
    below_since: Minute | None = None
    """Since when the risk is below where it resolves."""


class Case(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An alert that was resolved."""

    opened: Minute
    resolved: Minute


class AlertState(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The alerts of one campaign: at most the current one is open."""

    current: OpenAlert | None = None
    past: tuple[Case, ...] = ()
    """The latest of those resolved, in the order of their opening."""
    floor: Minute = Minute(-1)
    """Up to this minute no alert opens any more: what was told of it may be forgotten."""
    followed: Minute | None = None
    """The newest minute that the campaign was followed to."""


ALERTS: Final = Kind("l", AlertState)
"""Keep one for each campaign, under `key_of(*campaign)`."""
