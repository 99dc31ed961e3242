"""A keyed state in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

import msgspec

from pipeline.keyed import Kind

Value = TypeVar("Value", bound=msgspec.Struct)


class MemoryState:
    """Keeps values as bytes, so that what is read is what was written."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, str], bytes] = {}

    def get(self, kind: Kind[Value], key: str) -> Value | None:
        """Return the value of a key, or None."""
        data = self._values.get((kind.prefix, key))
        return None if data is None else kind.decode(data)

    def prefetch(self, kind: Kind[Value], keys: Iterable[str]) -> None:
        """Do nothing: a dict is fast."""

    def put(self, kind: Kind[Value], key: str, value: Value) -> None:
        """Set the value of a key."""
        self._values[kind.prefix, key] = kind.encode(value)

    def delete(self, kind: Kind[Value], key: str) -> None:
        """Forget a key; it need not be there."""
        self._values.pop((kind.prefix, key), None)

    def scan(self, kind: Kind[Value]) -> Iterator[tuple[str, Value]]:
        """Yield every key of a kind with its value, in the order of the keys."""
        for prefix, key in sorted(self._values):
            if prefix == kind.prefix:
                yield key, kind.decode(self._values[prefix, key])
