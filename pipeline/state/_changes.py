"""What one batch reads and changes in one partition of one table."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any, TypeVar

import msgspec

from pipeline.keyed import Kind
from pipeline.state._cache import MISSING, Cache
from pipeline.state._store import PartitionStore
from pipeline.transport import Output

T = TypeVar("T", bound=msgspec.Struct)


class Changes:
    """The values of a partition as one batch sees them, its own changes included.

    Hand `outputs` to the transaction of the batch; from there on no further change is taken. If it
    holds, say so with `applied`, and the store follows; if it failed, with `dropped`, and nothing
    has happened. When neither is known the worker must stop: recovery finds out, and until then
    the store refuses the next batch. A batch holds all that it touches in memory.

    The constructor raises StateInDoubtError if the batch before left its outcome open.
    """

    __slots__ = (
        "_before",
        "_cache",
        "_changed",
        "_encoded",
        "_revision",
        "_seen",
        "_store",
        "_written",
    )

    def __init__(self, store: PartitionStore, cache: Cache) -> None:
        store.check_settled()
        self._store = store
        self._cache = cache
        self._revision = store.revision
        self._seen: dict[str, Any] = {}
        self._changed: dict[str, Kind[Any]] = {}
        self._before: dict[str, Any] = {}
        self._encoded: dict[str, bytes | None] | None = None
        self._written = False

    def get(self, kind: Kind[T], key: str) -> T | None:
        """Return the value of a key, None if it holds nothing.

        Raises StateFormatError if the stored value has another format.
        """
        full_key = kind.prefix + key
        value: T | None = self._seen.get(full_key, MISSING)
        if value is MISSING:
            value = self._seen[full_key] = self._committed(kind, full_key)
        return value

    def prefetch(self, kind: Kind[T], keys: Iterable[str]) -> None:
        """Read keys that will be asked for, all at once: a fifth of what one by one takes."""
        wanted = []
        for key in keys:
            full_key = kind.prefix + key
            if full_key in self._seen:
                continue
            value = self._cache.get(self._store.id, full_key) if kind.cached else MISSING
            if value is MISSING:
                wanted.append(full_key)
            else:
                self._seen[full_key] = value
        if not wanted:
            return
        stored = self._store.get_many(wanted)
        for full_key in wanted:
            data = stored.get(full_key)
            value = None if data is None else kind.decode(data)
            if kind.cached:
                self._cache.put(self._store.id, full_key, value, len(data or b""))
            self._seen[full_key] = value

    def put(self, kind: Kind[T], key: str, value: T) -> None:
        """Let a key hold this value from here on."""
        self._change(kind, kind.prefix + key, value)

    def delete(self, kind: Kind[T], key: str) -> None:
        """Let a key hold nothing from here on."""
        self._change(kind, kind.prefix + key, None)

    def scan(
        self, kind: Kind[T], *, prefix: str = "", after: str | None = None
    ) -> Iterator[tuple[str, T]]:
        """Go through the keys of a kind that start with `prefix` and come after `after`, in order.

        Each comes with its value of the moment when the scan gets there, so one may change values
        on the way; whether keys that are added on the way are visited is left open. Memory does not
        grow with what is passed, and nothing of it displaces what is cached.
        """
        start = kind.prefix + prefix
        beyond = start if after is None else kind.prefix + after
        own = [
            (full_key, b"")
            for full_key in self._changed
            if full_key.startswith(start) and (after is None or full_key > beyond)
        ]
        stored = self._store.scan(start, None if after is None else beyond)
        previous = None
        for full_key, data in heapq.merge(stored, sorted(own), key=itemgetter(0)):
            if full_key == previous:
                continue
            previous = full_key
            value: T | None = self._seen.get(full_key, MISSING)
            if value is MISSING:
                value = kind.decode(data)
            if value is not None:
                yield full_key[len(kind.prefix) :], value

    def outputs(self, changelog_topic: str, partition: int) -> list[Output]:
        """Return one changelog record for each key that holds another value than before.

        A key that holds nothing any more gives a tombstone. Values are compared by `==`.
        Raises ConflictingChangesError if the partition was changed since this object was made.
        """
        if self._encoded is None:
            encoded = dict(self._differences())
            if encoded:
                self._store.claim(self._revision)
            self._encoded = encoded
        return [
            Output(changelog_topic, full_key.encode(), data, partition)
            for full_key, data in self._encoded.items()
        ]

    def applied(self, offset: int | None) -> None:
        """Bring store and cache to where the log is, now that the transaction with `outputs` holds.

        `offset` is that of the last changelog record in it, None if there was none. Does nothing if
        the partition was taken away or recovered meanwhile: the changes come from the log then. May
        block on the disk. If it fails, the store is closed until the worker recovers it.
        """
        self.write(offset)
        self.remember()

    def write(self, offset: int | None) -> None:
        """Do the part of `applied` that blocks; it may run in another thread."""
        if self._encoded is None:
            raise RuntimeError("applied() comes after outputs(), whose records it is about")
        if self._store.closed or self._store.revision != self._revision or not self._encoded:
            return
        if offset is None:
            raise ValueError(f"{len(self._encoded)} changes were committed, but at what offset?")
        try:
            self._store.apply(self._encoded, offset)
        except BaseException:
            # It is behind the log now, and nobody may go on from there.
            self._store.close()
            raise
        self._written = True

    def remember(self) -> None:
        """Do the part of `applied` that puts what is written into the cache."""
        if self._written and self._encoded is not None:
            for full_key, data in self._encoded.items():
                if self._changed[full_key].cached:
                    value, size = self._seen[full_key], len(data or b"")
                    self._cache.put(self._store.id, full_key, value, size)

    def dropped(self) -> None:
        """Say that the transaction with `outputs` failed: the store stays as it is."""
        if self._encoded:
            self._store.settle()

    def _change(self, kind: Kind[T], full_key: str, value: T | None) -> None:
        if self._encoded is not None:
            raise RuntimeError("these changes are handed out already: begin new ones")
        if full_key not in self._changed:
            self._changed[full_key] = kind
            self._before[full_key] = self._seen.get(full_key, MISSING)
        self._seen[full_key] = value

    def _differences(self) -> Iterator[tuple[str, bytes | None]]:
        for full_key, kind in self._changed.items():
            before = self._before[full_key]
            if before is MISSING:
                before = self._committed(kind, full_key)
            value = self._seen[full_key]
            if value != before:
                yield full_key, None if value is None else kind.encode(value)

    def _committed(self, kind: Kind[T], full_key: str) -> T | None:
        """Return what the store holds, by way of the cache."""
        value: T | None = self._cache.get(self._store.id, full_key)
        if value is MISSING:
            data = self._store.get(full_key)
            value = None if data is None else kind.decode(data)
            if kind.cached:
                self._cache.put(self._store.id, full_key, value, len(data or b""))
        return value
