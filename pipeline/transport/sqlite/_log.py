"""A durable partitioned log in one file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import ClassVar, Self

from pipeline.transport._batch import BATCH_BYTES, BATCH_RECORDS, Output, Record
from pipeline.transport._partitioner import partition_of
from pipeline.transport.sqlite._catalog import Catalog, PositionKey, TopicSpec
from pipeline.transport.sqlite._cleaner import Cleaner
from pipeline.transport.sqlite._database import connect, connect_for_reading, prepare
from pipeline.transport.sqlite._lock import ProcessLock
from pipeline.transport.sqlite._reader import Reader
from pipeline.transport.sqlite._topics import CreateTopics, missing
from pipeline.transport.sqlite._transaction import (
    Entry,
    Transaction,
    TransactionJob,
    encode_headers,
)
from pipeline.transport.sqlite._writer import Writer


class SqliteLog:
    """Topics of partitions of records, and the positions of groups, in one SQLite file.

    `SqliteLog.open(path)` opens it; within a process all openings of a path share one log, and the
    last `close` closes it. Methods may be called from any thread. What a future or an `await` has
    returned for is durable: it survives a kill -9 and a power cut.
    """

    _shared: ClassVar[dict[Path, SqliteLog]] = {}
    _sharing: ClassVar[Lock] = Lock()

    @classmethod
    def open(cls, path: Path | str) -> SqliteLog:
        """Open the log, or join those who have it open in this process.

        Blocks for the disk. Raises LogLockedError if another process has it, and LogError if a
        later version wrote it.
        """
        real = Path(path).absolute()
        with cls._sharing:
            log = cls._shared.get(real)
            if log is None:
                log = cls._shared[real] = cls(real)
            log._openings += 1
            return log

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._openings = 0
        self._keyless = count()
        self._creating = Lock()
        self._listeners: tuple[Callable[[], None], ...] = ()
        with ExitStack() as undo:
            undo.callback(ProcessLock(path).release)
            connection = undo.enter_context(closing(connect(path)))
            prepare(connection, path)
            self._catalog = Catalog(connection)
            self._reader = undo.enter_context(closing(Reader(connect_for_reading(path))))
            self._writer = undo.enter_context(
                closing(Writer(connection, str(path), self._tell_listeners))
            )
            cleaner = undo.enter_context(
                closing(Cleaner(connect(path), self._catalog, self._writer, str(path)))
            )
            cleaner.start()
            self.listen(cleaner.look)
            self._closing = undo.pop_all()

    def close(self) -> None:
        """Leave the log; the last to leave waits until all is written, and closes the file."""
        with self._sharing:
            self._openings -= 1
            if self._openings == 0:
                del self._shared[self.path]
                self._closing.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def create_topics(self, topics: Iterable[TopicSpec]) -> None:
        """Create those that do not exist; blocks until durable.

        The cleanup of one that exists becomes the one given. Raises TopicError, and creates none,
        if one exists with another number of partitions.
        """
        with self._creating:
            wanted = missing(topics, self._catalog)
            if wanted:
                self._writer.submit(CreateTopics(wanted, self._catalog)).result()

    @property
    def topics(self) -> Mapping[str, TopicSpec]:
        """Every topic by its name, as of now."""
        return {name: state.spec for name, state in list(self._catalog.topics.items())}

    def partition_count(self, topic: str) -> int:
        """Return how many partitions a topic has; raises TopicError if there is no such topic."""
        return self._catalog.topic(topic).spec.partitions

    def start_offset(self, topic: str, partition: int) -> int:
        """Return the offset of the oldest record, or the end offset if there is none."""
        return self._catalog.partition(topic, partition).start

    def end_offset(self, topic: str, partition: int) -> int:
        """Return the offset after the newest durable record."""
        return self._catalog.partition(topic, partition).end

    def position(self, group: str, topic: str, partition: int) -> int | None:
        """Return where a group goes on reading; None if it has never said."""
        return self._catalog.positions.get(PositionKey(group, topic, partition))

    def meta(self, name: str) -> bytes | None:
        """Return the note of this name; None if there is none."""
        return self._reader.meta(name)

    def read(
        self,
        topic: str,
        partition: int,
        offset: int,
        *,
        max_records: int = BATCH_RECORDS,
        max_bytes: int = BATCH_BYTES,
    ) -> list[Record]:
        """Return the durable records from `offset` on, in the order of their offsets.

        At most `max_records`, and no more than `max_bytes` of keys and values unless the first
        record alone is larger. Offsets of removed records are passed over. Blocks for the disk.
        """
        found = self._catalog.partition(topic, partition)
        if offset >= found.end:
            return []
        return self._reader.read(found, offset, max_records, max_bytes)

    def submit(
        self, transaction: Transaction, timestamps: Sequence[int | None] | None = None
    ) -> Future[list[int]]:
        """Queue a transaction, return at once; the future gives the offsets once it is durable.

        `timestamps`, in milliseconds since 1970, stand beside the outputs; without one a record
        gets the time of its writing. Raises TopicError for an output or a truncation of what does
        not exist, and LogClosedError. The future may raise LogWriteError.
        """
        entries = [
            self._entry(output, timestamp)
            for output, timestamp in zip(
                transaction.outputs, timestamps or [None] * len(transaction.outputs), strict=True
            )
        ]
        return self._writer.submit(TransactionJob(transaction, entries, self._catalog))

    async def write(self, transaction: Transaction) -> list[int]:
        """Do `submit`, and wait until it is durable. Cancelling the wait does not undo it."""
        return await asyncio.wrap_future(self.submit(transaction))

    def listen(self, listener: Callable[[], None]) -> None:
        """Have `listener` called after each commit, in the writer's thread; it must not raise."""
        self._listeners = (*self._listeners, listener)

    def stop_listening(self, listener: Callable[[], None]) -> None:
        """Call this listener no more."""
        self._listeners = tuple(known for known in self._listeners if known != listener)

    def partition_for(self, topic: str, key: bytes | None) -> int:
        """Return the partition of a key by Kafka's default hash; without a key each in turn."""
        partitions = self._catalog.topic(topic).spec.partitions
        if key is None:
            return next(self._keyless) % partitions
        return partition_of(key, partitions)

    def _entry(self, output: Output, timestamp: int | None) -> Entry:
        topic, key, value, number, headers = output
        if number is None:
            number = self.partition_for(topic, key)
        return Entry(
            self._catalog.partition(topic, number),
            key,
            value,
            encode_headers(headers) if headers else None,
            timestamp,
        )

    def _tell_listeners(self) -> None:
        for listener in self._listeners:
            listener()
