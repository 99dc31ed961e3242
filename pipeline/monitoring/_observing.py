"""Look at an app from within its event loop."""

from __future__ import annotations

import time
from typing import cast

import faust
from faust.tables.manager import TableManager

from pipeline.monitoring._health import State
from pipeline.monitoring.liveness import Observation, Phase
from pipeline.transport.app import consumer_of


def observe(app: faust.App, *, log_answers: bool = True) -> Observation:
    """Return how an app does at this moment; for the thread of its event loop."""
    phase = _phase(app)
    running = consumer_of(app).standings() if phase is Phase.RUNNING else {}
    return Observation(
        at=time.monotonic(),
        phase=phase,
        steps=_steps(app) if phase is Phase.RECOVERING else 0,
        log_answers=log_answers,
        standings={(topic, number): each for (topic, number), each in running.items()},
    )


def look_at(app: faust.App) -> tuple[Observation, State]:
    """Return how an app does and its state; for the thread of its event loop."""
    observation = observe(app)
    return observation, State(observation.phase)


def _phase(app: faust.App) -> Phase:
    if app.should_stop:
        return Phase.STOPPING
    if not app.rebalancing_count:
        return Phase.STARTING
    if app.rebalancing or app.in_recovery:
        return Phase.RECOVERING
    return Phase.RUNNING


def _steps(app: faust.App) -> int:
    """Return a number that changes with each assignment, and with what recovery has read."""
    recovered = sum(cast("TableManager", app.tables).recovery.active_offsets.values())
    return hash((app.rebalancing_count, app.rebalancing, app.in_recovery, recovered))
