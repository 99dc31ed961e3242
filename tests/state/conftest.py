from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.state import Cache, Changes, PartitionStore

OpenStore = Callable[..., PartitionStore]


@pytest.fixture
def open_store(tmp_path: Path) -> Iterator[OpenStore]:
    """Open partition 3 of the table `conversations`; closed after the test."""
    stores = []

    def open_one(path: Path = tmp_path / "conversations-3.db", **options: object) -> PartitionStore:
        name = str(options.pop("name", "conversations"))
        store = PartitionStore(path, name, 3, **options)  # type: ignore[arg-type]  # passed on
        stores.append(store)
        return store

    yield open_one
    for store in stores:
        store.close()


@pytest.fixture
def store(open_store: OpenStore) -> PartitionStore:
    """Open a new, empty store."""
    return open_store()


@pytest.fixture
def cache() -> Cache:
    """Make a cache with room for all."""
    return Cache()


@pytest.fixture
def changes(store: PartitionStore, cache: Cache) -> Changes:
    """Begin the first changes to an empty store."""
    return Changes(store, cache)
