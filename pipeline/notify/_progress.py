"""How far a lane has come with one alert, and what it does next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pipeline.alerts import (
    Delivery,
    Notice,
    Routing,
    Standing,
    next_notice,
    repeated_notice,
    with_delivery,
)
from pipeline.events import Milliseconds
from pipeline.notify._outstanding import Entry


@dataclass(slots=True)
class Progress:
    """What this process knows of telling one notifier of one alert."""

    attempts: int = 0
    """Those that failed since one did not."""
    not_before: Milliseconds | None = None
    """None: at any time."""
    told_at: Milliseconds | None = None
    opening: Notice | None = None
    """The opening as it was tried first: what may have arrived is told again word for word, until
    it is taken."""
    unrecorded: Delivery | None = None
    """What happened, and is not in the log yet."""
    recorded: Delivery | None = None
    """What is in the log, and may not have been folded yet."""


class Target(NamedTuple):
    """Who is told."""

    name: str
    routing: Routing
    repeat_seconds: float | None


class Step(NamedTuple):
    """What there is to do."""

    notice: Notice | None
    """What to tell; None: only to record what was told."""
    not_before: Milliseconds
    is_repeated: bool = False


def next_step(target: Target, entry: Entry, progress: Progress, now: Milliseconds) -> Step | None:
    """Return what has to be done next about an alert, and not before when; None: nothing."""
    standing, name, routing = entry.standing, target.name, target.routing
    free = progress.not_before or now
    if progress.unrecorded is not None:
        return Step(None, free)
    if progress.recorded is not None:
        standing = with_delivery(standing, progress.recorded)
    newest, in_use = standing.newest, entry.in_use.get(name)
    assert newest is not None, "entries have alerts"
    notice = next_notice(standing, name, routing, in_use, tried=not entry.fresh)
    repetition = _repetition(target, standing, progress, free)
    if notice is None:
        return repetition
    if notice.first and progress.opening is not None:
        # Somebody may have it, unknown to us: whatever came then, even the end, comes after it.
        notice = progress.opening
    peak = max(alert.risk for alert in standing.alerts)
    held = routing.not_before(name, newest, peak, now)
    step = Step(notice, max(held, free))
    if repetition is not None and repetition.not_before < step.not_before:
        # A quiet period holds back the news, and must not let what is known be forgotten.
        return repetition
    return step


def _repetition(
    target: Target, standing: Standing, progress: Progress, free: Milliseconds
) -> Step | None:
    """Return the next repetition; at once where this process has not told yet."""
    repeated = repeated_notice(standing, target.name, target.routing)
    if repeated is None or target.repeat_seconds is None:
        return None
    if progress.told_at is None:
        return Step(repeated, free, is_repeated=True)
    due = Milliseconds(progress.told_at + int(target.repeat_seconds * 1000))
    return Step(repeated, max(due, free), is_repeated=True)
