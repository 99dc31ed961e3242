"""The decision that a process stands still."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import NamedTuple

from pipeline.monitoring.liveness._observation import Observation, Phase, Sign

_SHOWN = 3
_PAUSE = 5.0
"""Observations, and looks at them, come far more often unless something is held up."""


class Standstill(NamedTuple):
    """Something that has not moved for some time although there is work for it."""

    seconds: float
    what: str
    """A sentence without its full stop."""


class _Watched(NamedTuple):
    what: str
    mark: Hashable
    """Changes with all that counts as moving."""
    agent: str = ""
    """Whose signs count, too."""


class Watchdog:
    """Compares observations; time comes in from outside, by one clock that only goes forward.

    Each of these is watched by itself, and counts as moving when

    - the event loop: an observation is made;
    - a start, an assignment with its recovery, a stop: any part of it is done;
    - an agent that has records: it acknowledges some in any partition, or shows a sign of life,
      such as another try to reach a warehouse that is away;
    - a partition with records that its agent was not given: some are handed out.

    So a warehouse that is away holds up nobody, nor itself, nor does a partition whose agent is
    busy with others. While the log does not answer, nothing but the loop is held to move; nor is
    anything in the time in which the process was stopped, nor an agent while the loop stands.
    """

    def __init__(self, patience: float, begun: float) -> None:
        """`patience` is in seconds; `begun` is the time now."""
        self._patience = patience
        self._seen = self._looked = begun
        self._moved: dict[Hashable, tuple[Hashable, float]] = {}
        self._watched: dict[Hashable, _Watched] = {}

    def look(
        self, now: float, observation: Observation | None, signs: Mapping[str, Sign]
    ) -> list[Standstill]:
        """Return what stands still for longer than there is patience; the longest first.

        `observation` is the last that was made, `signs` are the agents' last ones at this moment.
        """
        if now - self._looked > _PAUSE:
            # The whole process was held up: nobody could have moved.
            self._forgive(now - self._looked)
            self._seen += now - self._looked
        self._looked = now
        if observation is not None and observation.at > self._seen:
            if observation.at - self._seen > _PAUSE:
                # The event loop has stood, and all agents with it.
                self._forgive(observation.at - self._seen)
            self._seen = observation.at
            self._take(observation)
        return sorted(self._find(now, signs), reverse=True)

    def _forgive(self, seconds: float) -> None:
        self._moved = {key: (mark, since + seconds) for key, (mark, since) in self._moved.items()}

    def _take(self, observation: Observation) -> None:
        self._watched = dict(_watched(observation))
        moved = {}
        for key, watched in self._watched.items():
            before, since = self._moved.get(key, (None, 0.0))
            same = before == watched.mark and observation.log_answers
            moved[key] = (watched.mark, since if same else observation.at)
        self._moved = moved

    def _find(self, now: float, signs: Mapping[str, Sign]) -> Iterator[Standstill]:
        shown = [sign.until if sign.blocks else sign.at for sign in signs.values()]
        if now - max([self._seen, *shown]) > self._patience:
            yield Standstill(now - self._seen, "the event loop does not turn")
            return
        for key, (_, since) in self._moved.items():
            watched = self._watched[key]
            alive = [signs[watched.agent].until] if watched.agent in signs else []
            # What was seen last tells nothing of the time since.
            if self._seen - max([since, *alive]) > self._patience:
                yield Standstill(self._seen - since, watched.what)


def _watched(observation: Observation) -> Iterator[tuple[Hashable, _Watched]]:
    phase, standings = observation.phase, observation.standings
    if phase is not Phase.RUNNING:
        yield phase, _Watched(f"it is {phase}, and nothing of that is done", observation.steps)
        return
    for agent in sorted({each.agent for each in standings.values() if each.records_out}):
        mine = {place: each for place, each in standings.items() if each.agent == agent}
        acknowledged = frozenset((place, each.acknowledged) for place, each in mine.items())
        waiting = [place for place, each in mine.items() if each.records_out]
        records = sum(each.records_out for each in mine.values())
        what = f"agent {agent} acknowledges none of its {records} records of {_named(waiting)}"
        yield agent, _Watched(what, acknowledged, agent)
    for place, each in standings.items():
        if each.waits and not each.records_out:
            what = f"nothing of {_named([place])} is handed to agent {each.agent}"
            yield place, _Watched(what, (each.acknowledged, each.handed_out))


def _named(places: list[tuple[str, int]]) -> str:
    names = [f"{topic}/{number}" for topic, number in sorted(places)]
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
