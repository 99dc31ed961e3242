"""Two states that live for different times, as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

import msgspec

from pipeline.keyed import KeyedState, Kind
from pipeline.risk._alert_state import ALERTS

Value = TypeVar("Value", bound=msgspec.Struct)


class Both:
    """The sums of campaigns, and what was told of them, as one state."""

    def __init__(self, state: KeyedState, told: KeyedState) -> None:
        self._state = state
        self._told = told

    def _of(self, kind: Kind[Value]) -> KeyedState:
        return self._told if kind.prefix == ALERTS.prefix else self._state

    def get(self, kind: Kind[Value], key: str) -> Value | None:
        return self._of(kind).get(kind, key)

    def prefetch(self, kind: Kind[Value], keys: Iterable[str]) -> None:
        self._of(kind).prefetch(kind, keys)

    def put(self, kind: Kind[Value], key: str, value: Value) -> None:
        self._of(kind).put(kind, key, value)

    def delete(self, kind: Kind[Value], key: str) -> None:
        self._of(kind).delete(kind, key)

    def scan(self, kind: Kind[Value]) -> Iterator[tuple[str, Value]]:
        return self._of(kind).scan(kind)
