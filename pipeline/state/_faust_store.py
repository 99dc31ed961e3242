"""Our partition stores as a table store of Faust, which restores them from the changelog."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn

from faust.stores.base import Store
from faust.types import TP, AppT, CollectionT, EventT

from pipeline.state._cache import Cache
from pipeline.state._errors import StateAheadOfLogError, StateNotHereError
from pipeline.state._store import PartitionStore
from pipeline.transport.app import consumer_of

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the values of a table are kept."""

    directory: Path
    cache: Cache
    oldest: timedelta
    """How long ago a file that is behind may have been changed, for the changelog to still know of
    every deletion since."""
    clock: Callable[[], float] = time.time


class FaustStore(Store[bytes, bytes]):
    """The partitions of one table that are assigned to this worker, for its agents or as standbys.

    Faust says who owns what (`on_rebalance`), asks how far it is (`persisted_offset`), and hands
    over the changelog records after that (`apply_changelog_batch`).
    """

    def __init__(
        self,
        url: str,
        app: AppT,
        table: CollectionT,
        *,
        options: Mapping[str, Any],
        **rest: Any,  # noqa: ANN401 - Faust's interface
    ) -> None:
        """Be made by Faust, with the place of the files as the option `place`."""
        super().__init__(url, app, table, options=options, **rest)
        self._place: Place = options["place"]
        self._changelog: str = table.changelog_topic.get_topic_name()
        self._stores: dict[int, PartitionStore] = {}

    @property
    def data(self) -> NoReturn:  # type: ignore[override]  # there is no mapping to be had
        """Refuse `table[key]`, which knows neither partitions nor transactions."""
        raise TypeError(f"table {self.table_name} is read and changed through changes()")

    def opened(self, partition: int) -> PartitionStore:
        """Return the store of an assigned partition; otherwise raise StateNotHereError."""
        store = self._stores.get(partition)
        if store is None or store.closed:
            raise StateNotHereError(
                f"partition {partition} of {self.table_name} is not open on this worker"
            )
        return store

    async def on_rebalance(
        self,
        assigned: set[TP],
        revoked: set[TP],
        newly_assigned: set[TP],  # noqa: ARG002 - Faust's interface
        generation_id: int = 0,  # noqa: ARG002 - Faust's interface
    ) -> None:
        """Close what went to other workers and open what came; Faust then recovers what is open.

        Raises StateAheadOfLogError if a file knows more than the log, which stops the worker.
        """
        if self.should_stop:
            return  # Nobody would close what was opened now.
        for partition in self._own(revoked):
            self._close(partition)
        topic_partitions = {TP(self._changelog, partition) for partition in self._own(assigned)}
        if not topic_partitions:
            return
        starts = await self.app.consumer.earliest_offsets(*topic_partitions)
        ends = await self.app.consumer.highwaters(*topic_partitions)
        markers = consumer_of(self.app).marker_offsets
        for tp in sorted(topic_partitions):
            await self._open(tp.partition)
            changelog = range(starts.get(tp) or 0, ends.get(tp) or 0)
            self._compare(self.opened(tp.partition), changelog, markers)

    def persisted_offset(self, tp: TP) -> int | None:
        """Return the offset of the last record that is stored; Faust goes on after it.

        None once the worker is stopping: a rebalance that is under way then still asks.
        """
        return None if self.should_stop else self.opened(tp.partition).offset

    def set_persisted_offset(self, tp: TP, offset: int) -> None:
        """Take Faust's word that everything up to this record is stored."""
        self.opened(tp.partition).apply({}, offset)

    def apply_changelog_batch(
        self,
        batch: Iterable[EventT[Any]],
        to_key: Callable[[Any], Any],  # noqa: ARG002 - Faust's interface
        to_value: Callable[[Any], Any],  # noqa: ARG002 - Faust's interface
    ) -> None:
        """Store changelog records, which come in the order of their offsets.

        Passes over those that are stored already, and over those of other tables and of partitions
        that are not open, which Faust may deliver around a rebalance.
        """
        changes: dict[PartitionStore, dict[str, bytes | None]] = {}
        offsets: dict[PartitionStore, int] = {}
        for event in batch:
            message = event.message
            store = self._stores.get(message.partition)
            if store is None or store.closed or message.topic != self._changelog:
                continue
            if message.key is None:
                raise TypeError(f"a record without a key in {self._changelog}: {message}")
            if message.offset > offsets.get(store, -1 if store.offset is None else store.offset):
                changes.setdefault(store, {})[message.key.decode()] = message.value
                offsets[store] = message.offset
        for store, values in changes.items():
            store.apply(values, offsets[store])
            for key in values:
                self._place.cache.discard(store.id, key)

    async def on_recovery_completed(
        self,
        active_tps: set[TP],
        standby_tps: set[TP],  # noqa: ARG002 - Faust's interface
    ) -> None:
        """Log where the partitions stand that agents go on with."""
        for partition in sorted(self._own(active_tps)):
            logger.info(
                "table %s partition %d stands at changelog offset %s",
                self.table_name,
                partition,
                self.opened(partition).offset,
            )

    async def on_stop(self) -> None:
        """Close every file."""
        for partition in list(self._stores):
            self._close(partition)

    def reset_state(self) -> None:
        """Remove the files of this table; recovery makes them anew from the changelog."""
        for partition in list(self._stores):
            self._close(partition)
        for path in self._place.directory.glob(f"{self.table_name}-*.db*"):
            path.unlink()

    async def backup_partition(self, *_arguments: object, **_options: object) -> None:
        """Refuse: the changelog is the backup."""
        raise NotImplementedError("the changelog is the backup of a state table")

    def restore_backup(self, *_arguments: object, **_options: object) -> None:
        """Refuse: recovery restores from the changelog."""
        raise NotImplementedError("a state table is restored from its changelog")

    def _own(self, topic_partitions: Iterable[TP]) -> set[int]:
        return {tp.partition for tp in topic_partitions if tp.topic == self._changelog}

    async def _open(self, partition: int) -> None:
        store = self._stores.get(partition)
        if store is not None and not store.closed:
            # The recovery that follows brings whatever the log has.
            store.settle()
            return
        self._close(partition)
        path = self._place.directory / f"{self.table_name}-{partition}.db"
        self._stores[partition] = await asyncio.to_thread(
            PartitionStore, path, self.table_name, partition, clock=self._place.clock
        )

    def _close(self, partition: int) -> None:
        store = self._stores.pop(partition, None)
        if store is not None:
            store.close()

    def _compare(self, store: PartitionStore, changelog: range, markers: int) -> None:
        """Make sure that the changelog, which has these offsets, completes a store.

        Behind the last record stand `markers` of the commit that wrote it. An aborted commit may
        have left more: then a store may be rebuilt that is complete, which only takes time.
        """
        if store.offset is None:
            return
        if store.offset >= changelog.stop:
            raise StateAheadOfLogError(
                f"{store.path} stands at offset {store.offset}, but the changelog "
                f"{self._changelog} ends before {changelog.stop}: the log was removed, replaced or "
                "restored from an older copy. "
                "If the log is the right one, stop the worker and delete the state directory "
                f"{store.path.parent}, which is then rebuilt from the log; otherwise put the log "
                "back"
            )
        age = timedelta(seconds=self._place.clock() - store.changed_at)
        if store.offset < changelog.start:
            reason = f"nothing of it is left in {self._changelog}"
        elif store.offset + markers < changelog.stop - 1 and age > self._place.oldest:
            reason = f"it missed changes, and {self._changelog} may have forgotten deletions since"
        else:
            return
        logger.warning("%s, last changed %s ago, is rebuilt: %s", store.path, age, reason)
        store.clear()
