"""The numbers that are looked up when somebody asks for them, each with its sentence."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import groupby

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from pipeline.monitoring._health import State
from pipeline.monitoring._metrics import PREFIX
from pipeline.monitoring.liveness import Observation
from pipeline.state import Cache


class CacheLookup(Collector):
    """How often state was found in memory."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def collect(self) -> Iterator[Metric]:
        """Yield the numbers of this moment."""
        yield CounterMetricFamily(
            f"{PREFIX}_state_cache_hits",
            "How often a value of the agents' state was found in memory.",
            self._cache.hits,
        )
        yield CounterMetricFamily(
            f"{PREFIX}_state_cache_misses",
            "How often a value of the agents' state had to be read from the disk.",
            self._cache.misses,
        )
        yield GaugeMetricFamily(
            f"{PREFIX}_state_cache_bytes",
            "How many bytes of encoded state are held in memory, decoded.",
            self._cache.used_bytes,
        )


class StandingsLookup(Collector):
    """How far agents are, as the last observation has it; `look` returns it, from any thread."""

    def __init__(self, look: Callable[[], tuple[Observation | None, State]]) -> None:
        self._look = look

    def collect(self) -> Iterator[Metric]:
        """Yield the numbers of the last observation."""
        observation, state = self._look()
        yield _states(state)
        yield GaugeMetricFamily(
            f"{PREFIX}_event_loop_silence_seconds",
            "How long ago the event loop turned last.",
            0.0 if observation is None else max(0.0, time.monotonic() - observation.at),
        )
        yield from _of_agents(observation)

    def describe(self) -> Iterator[Metric]:
        """Yield the numbers as of no observation, so that nobody is asked at registration."""
        yield _states(State.STARTING)
        yield from _of_agents(None)


def _states(state: State) -> Metric:
    states = GaugeMetricFamily(
        f"{PREFIX}_state",
        "1 for the state that the agents are in, 0 for all others.",
        None,
        ["state"],
    )
    for each in State:
        states.add_metric([each], float(each is state))
    return states


def _of_agents(observation: Observation | None) -> Iterator[Metric]:
    standings = {} if observation is None else observation.standings
    lag = GaugeMetricFamily(
        f"{PREFIX}_lag_offsets",
        "How many offsets of a partition are left to acknowledge.",
        None,
        ["agent", "topic", "partition"],
    )
    for (topic, number), each in standings.items():
        lag.add_metric([each.agent, topic, str(number)], each.lag)
    yield lag
    in_flight = GaugeMetricFamily(
        f"{PREFIX}_records_in_flight",
        "Records that an agent has in memory and has not acknowledged.",
        None,
        ["agent"],
    )
    by_agent = sorted(standings.values(), key=lambda each: each.agent)
    for agent, group in groupby(by_agent, key=lambda each: each.agent):
        in_flight.add_metric([agent], sum(each.records_out for each in group))
    yield in_flight
