"""State by key, as the folds see it. Pure: where it is kept is not their business."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

import msgspec

from pipeline.keyed._kind import Kind

Value = TypeVar("Value", bound=msgspec.Struct)


class KeyedState(Protocol):
    """The state of one partition during one batch: a write is seen by the reads after it."""

    def get(self, kind: Kind[Value], key: str) -> Value | None:
        """Return the value of a key, or None. May read the disk."""
        ...

    def prefetch(self, kind: Kind[Value], keys: Iterable[str]) -> None:
        """Say that these keys will be read soon: together they are read faster than one by one."""
        ...

    def put(self, kind: Kind[Value], key: str, value: Value) -> None:
        """Set the value of a key."""
        ...

    def delete(self, kind: Kind[Value], key: str) -> None:
        """Remove a key, if it is there."""
        ...

    def scan(self, kind: Kind[Value]) -> Iterator[tuple[str, Value]]:
        """Yield every key of a kind with its value, in key order, in bounded memory."""
        ...
