"""The thread that removes what topics need not keep, so that a log does not grow for ever."""

from __future__ import annotations

import logging
import sqlite3
from threading import Event, Thread

from pipeline.topics import Cleanup
from pipeline.transport.sqlite._catalog import Catalog, Partition
from pipeline.transport.sqlite._compaction import compact, is_due
from pipeline.transport.sqlite._errors import LogClosedError, LogWriteError
from pipeline.transport.sqlite._removal import RemoveBefore
from pipeline.transport.sqlite._writer import Job, Writer

_LEAST_WHILE_RUNNING = 10_000
_LEAST_ON_OPENING = 1_000
"""Fewer removable records than this are left for later."""
_STEP_OFFSETS = 10_000
_SECONDS_BETWEEN_LOOKS = 1.0

_logger = logging.getLogger(__name__)


class Cleaner:
    """Applies each topic's cleanup, in steps between which the writer does its other work.

    The room in the file that becomes free is used for new records; the file does not shrink.
    """

    def __init__(
        self, connection: sqlite3.Connection, catalog: Catalog, writer: Writer, name: str
    ) -> None:
        self._connection = connection
        self._catalog = catalog
        self._writer = writer
        self._written = Event()
        self._closing = Event()
        self._thread = Thread(target=self._run, name=f"log cleaner {name}", daemon=True)

    def start(self) -> None:
        """Clean what has piled up; that blocks. Then go on in a thread."""
        self._clean(_LEAST_ON_OPENING)
        self._thread.start()

    def look(self) -> None:
        """Note that something was written."""
        self._written.set()

    def close(self) -> None:
        """Stop after the step that is under way. Blocks."""
        self._closing.set()
        self._written.set()
        if self._thread.ident is not None:
            self._thread.join()
        self._connection.close()

    def _run(self) -> None:
        while not self._closing.is_set():
            self._written.wait()
            self._written.clear()
            try:
                self._clean(_LEAST_WHILE_RUNNING)
            except (LogClosedError, LogWriteError):
                return
            except sqlite3.Error:
                _logger.exception("Could not clean the log; it goes on growing until that works.")
            self._closing.wait(_SECONDS_BETWEEN_LOOKS)

    def _clean(self, least: int) -> None:
        for partition in self._catalog.partitions(Cleanup.CONSUMED):
            self._remove_consumed(partition, least)
        for partition in self._catalog.partitions(Cleanup.COMPACT):
            if is_due(partition, least):
                compact(self._connection, partition, self._catalog, self._submit)

    def _remove_consumed(self, partition: Partition, least: int) -> None:
        position = self._catalog.least_position(partition)
        if position is None:
            return
        upto = min(position, partition.end)
        if upto - partition.start < least:
            return
        while partition.start < upto:
            step = min(partition.start + _STEP_OFFSETS, upto)
            self._submit(RemoveBefore(partition, step))

    def _submit(self, job: Job) -> None:
        if self._closing.is_set():
            raise LogClosedError("The log is closing.")
        self._writer.submit(job).result()
