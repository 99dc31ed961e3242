"""The order in which tests begin."""

from __future__ import annotations

from pathlib import Path

import pytest

_TESTS = Path(__file__).parent
_LONG = (
    "system/test_kill.py",
    "faults",
    "system",
    "kafka",
    "cli",
    "web",
)
"""Whose tests start processes, those with the longest single files first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long, so that of several test processes none is left alone with it."""
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    paths = (_TESTS / name for name in _LONG)
    places = (place for place, path in enumerate(paths) if item.path.is_relative_to(path))
    return next(places, len(_LONG))
