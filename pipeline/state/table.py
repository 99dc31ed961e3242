"""How a Faust application owns state: a table whose partitions are our stores.

Faust assigns the partitions together with those of the topics that are as many, creates the
changelog topic, and replays it whenever a store is behind.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Final, cast

import faust
from faust.stores import STORES

from pipeline.state._cache import Cache
from pipeline.state._changes import Changes
from pipeline.state._faust_store import FaustStore, Place

__all__ = ["TOMBSTONES_KEPT", "StateTable", "state_table"]

TOMBSTONES_KEPT: Final = timedelta(hours=24)
"""How long every log keeps the record which says that a key was deleted."""

_CLOCKS_AGREE: Final = timedelta(hours=1)

_SCHEME = "outreach-state"

STORES[_SCHEME] = "pipeline.state._faust_store:FaustStore"


class StateTable:
    """A table of an application, to be read and changed batch by batch."""

    def __init__(self, table: faust.Table[bytes, bytes], cache: Cache) -> None:
        self._table = table
        self._cache = cache

    @property
    def changelog_topic_name(self) -> str:
        """Where the changelog records of `Changes.outputs` belong."""
        return str(self._table.changelog_topic_name)

    def changes(self, partition: int) -> Changes:
        """Begin to read and change a partition, for one batch.

        Raises StateNotHereError unless the partition is assigned to this worker.
        """
        store = cast("FaustStore", self._table.data)
        return Changes(store.opened(partition), self._cache)


def state_table(
    app: faust.App, name: str, directory: Path, cache: Cache, *, partitions: int | None = None
) -> StateTable:
    """Add a table to an application that has not started; its files stand in `directory`.

    Workers need different directories. `partitions` is by default the application's
    `topic_partitions`, and must equal that of the topics whose batches change the table.
    """
    table = app.Table(
        name,
        partitions=partitions,
        store=f"{_SCHEME}:{name}",
        options={"place": Place(directory, cache, TOMBSTONES_KEPT - _CLOCKS_AGREE)},
        # Keys and values are bytes already. Any other serializer refuses them, and Faust's recovery
        # then waits for ever.
        key_type=bytes,
        value_type=bytes,
        extra_topic_configs={
            "delete.retention.ms": str(TOMBSTONES_KEPT // timedelta(milliseconds=1))
        },
    )
    return StateTable(cast("faust.Table[bytes, bytes]", table), cache)
