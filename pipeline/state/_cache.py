"""Decoded values in memory, the least recently used of which make room for others."""

from __future__ import annotations

from collections import OrderedDict
from enum import Enum
from typing import Any, Final

DEFAULT_CACHE_BYTES: Final = 64 * 1024 * 1024

ENTRY_BYTES: Final = 256
"""What an entry takes beside its key and its value: the places in the dictionary, the objects."""


class _Missing(Enum):
    MISSING = 0


MISSING: Final[Any] = _Missing.MISSING
"""Stands where nothing is known, since None says that a key is known to hold nothing."""


class Cache:
    """The values that were used last, of all tables and partitions of a worker.

    An entry counts with the bytes of its encoded value and of its key and with `ENTRY_BYTES`; their
    sum never exceeds `max_bytes`. Decoded, values take several times their encoded bytes: count on
    three or four times the bound. They are handed out as they are, so they must be immutable.
    The owner of an entry is the `PartitionStore.id` that its value came from; no id comes twice, so
    what belongs to a closed store is never asked for again and ages out.
    """

    def __init__(self, max_bytes: int = DEFAULT_CACHE_BYTES) -> None:
        if max_bytes < 0:
            raise ValueError(f"a cache cannot have {max_bytes} bytes")
        self.max_bytes = max_bytes
        self.used_bytes = 0
        self.hits = 0
        self.misses = 0
        # To the value and what it counts with.
        self._entries: OrderedDict[tuple[int, str], tuple[Any, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, owner: int, key: str) -> Any:  # noqa: ANN401 - holds values of any kind
        """Return the value, None if the key is known to hold nothing, or MISSING."""
        place = (owner, key)
        entry = self._entries.get(place)
        if entry is None:
            self.misses += 1
            return MISSING
        self.hits += 1
        self._entries.move_to_end(place)
        return entry[0]

    def put(self, owner: int, key: str, value: object, encoded_bytes: int) -> None:
        """Keep a value, or None for a key that holds nothing, in place of what was known."""
        place = (owner, key)
        self._remove(place)
        size = encoded_bytes + len(key) + ENTRY_BYTES
        if size > self.max_bytes:
            return
        self._entries[place] = (value, size)
        self.used_bytes += size
        while self.used_bytes > self.max_bytes:
            _, (_, evicted) = self._entries.popitem(last=False)
            self.used_bytes -= evicted

    def discard(self, owner: int, key: str) -> None:
        """Forget one key, if it is there."""
        self._remove((owner, key))

    def _remove(self, place: tuple[int, str]) -> None:
        entry = self._entries.pop(place, None)
        if entry is not None:
            self.used_bytes -= entry[1]
