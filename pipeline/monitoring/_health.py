"""What `GET /health` says of a worker."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from pipeline.monitoring.liveness import Observation, Standstill


class State(StrEnum):
    """A worker in one word."""

    STARTING = "starting"
    RECOVERING = "recovering"
    RUNNING = "running"
    STOPPING = "stopping"
    STUCK = "stuck"


class Health(msgspec.Struct, frozen=True):
    """How a worker does; all but `state` and `reasons` is as of the last turn of its event loop."""

    state: State
    reasons: list[str]
    """Why it is stuck: what stands still, and for how long."""
    lag: int | None
    """How many offsets are left to acknowledge in its partitions; None while it does not run."""
    lag_of_agents: dict[str, int]
    """The same by agent."""
    oldest_unacknowledged_seconds: float | None
    """How long ago the oldest record was appended that an agent has and has not acknowledged."""
    partitions: int
    """How many partitions of topics it reads."""


def health_of(
    observation: Observation | None, standstills: Sequence[Standstill], now: float
) -> Health:
    """Return the health as of `now`, in seconds since 1970 (UTC)."""
    standings = [] if observation is None else list(observation.standings.values())
    state = State.STARTING if observation is None else State(observation.phase)
    lag_of_agents = dict.fromkeys(sorted({each.agent for each in standings}), 0)
    for each in standings:
        lag_of_agents[each.agent] += each.lag
    oldest = min((each.oldest for each in standings if each.oldest is not None), default=None)
    return Health(
        state=State.STUCK if standstills else state,
        reasons=[reason(each) for each in standstills],
        lag=sum(lag_of_agents.values()) if state is State.RUNNING else None,
        lag_of_agents=lag_of_agents,
        oldest_unacknowledged_seconds=None if oldest is None else max(0.0, now - oldest / 1000),
        partitions=len(standings),
    )


def reason(standstill: Standstill) -> str:
    """Return a standstill as a sentence without its full stop.

    >>> reason(Standstill(301.7, "the event loop does not turn"))
    'for 301 s the event loop does not turn'
    """
    return f"for {int(standstill.seconds)} s {standstill.what}"
