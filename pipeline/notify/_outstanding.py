"""The alerts of which somebody may still have to be told, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pipeline.alerts import AlertId, Routing, Standing, next_notice
from pipeline.events import Milliseconds


class Entry(NamedTuple):
    """An alert that is open, or over and not yet told everywhere."""

    standing: Standing
    in_use: Mapping[str, Milliseconds]
    """Since when each notifier is in use."""
    fresh: bool
    """Whether it came up in this process: then nobody else has told of it."""


class Outstanding:
    """What the partitions of this worker hold; all others of its alerts are forgotten."""

    def __init__(self, names: Iterable[str], routing: Routing) -> None:
        self._names = tuple(names)
        self._routing = routing
        self._partitions: dict[int, dict[AlertId, Entry]] = {}

    def take(
        self, partition: int, standings: Iterable[Standing], in_use: Mapping[str, Milliseconds]
    ) -> None:
        """Begin with all alerts of a partition, of which others may have told."""
        self._partitions[partition] = {}
        self._put(partition, standings, in_use, fresh=False)

    def update(
        self, partition: int, changed: Iterable[Standing], in_use: Mapping[str, Milliseconds]
    ) -> None:
        """Note how alerts are now. Those of a partition that was not taken are passed over."""
        if partition in self._partitions:
            self._put(partition, changed, in_use, fresh=True)

    def drop(self, partition: int) -> None:
        """Forget a partition, which is another worker's now."""
        self._partitions.pop(partition, None)

    def pending(self) -> dict[str, int]:
        """Return of how many alerts each notifier has still to be told."""
        return {
            name: sum(self._has_to_be_told(name, entry) for _, entry in self.entries())
            for name in self._names
        }

    def entries(self) -> Iterator[tuple[AlertId, Entry]]:
        """Yield what there is."""
        for entries in self._partitions.values():
            yield from entries.items()

    def _put(
        self,
        partition: int,
        standings: Iterable[Standing],
        in_use: Mapping[str, Milliseconds],
        *,
        fresh: bool,
    ) -> None:
        entries = self._partitions[partition]
        for standing in standings:
            newest = standing.newest
            if newest is None:
                continue
            known = entries.get(newest.alert_id)
            entry = Entry(standing, in_use, fresh if known is None else known.fresh)
            if self._is_done(entry):
                entries.pop(newest.alert_id, None)
            else:
                entries[newest.alert_id] = entry

    def _is_done(self, entry: Entry) -> bool:
        return entry.standing.resolved and not any(
            self._has_to_be_told(name, entry) for name in self._names
        )

    def _has_to_be_told(self, name: str, entry: Entry) -> bool:
        since = entry.in_use.get(name)
        return next_notice(entry.standing, name, self._routing, since, tried=True) is not None
