"""The one thread that writes: it merges what waits into one SQLite transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, Protocol

from pipeline.transport.sqlite._errors import LogClosedError, LogWriteError

_GROUP_ROWS = 20_000
"""A group takes no further job once it has this many rows: it bounds what one waiter waits for."""


class Job(Protocol):
    """One piece of writing, which holds as a whole or not at all."""

    @property
    def rows(self) -> int:
        """About how many rows it writes."""
        ...

    def apply(self, connection: sqlite3.Connection) -> object:
        """Write, inside a transaction that is open; return what its waiter gets."""
        ...

    def publish(self) -> None:
        """Show to readers what is durable now. Must not raise."""
        ...


class Writer:
    """Applies jobs in the order of their submission, many to one commit.

    After a failure nothing is written any more: every waiter, then and later, gets LogWriteError.
    """

    def __init__(
        self, connection: sqlite3.Connection, name: str, on_commit: Callable[[], None]
    ) -> None:
        self._connection = connection
        self._name = name
        self._on_commit = on_commit
        self._queue: SimpleQueue[tuple[Job, Future[Any]] | None] = SimpleQueue()
        self._closing = Lock()
        self._closed = False
        self._failure: Exception | None = None
        self._thread = Thread(target=self._run, name=f"log writer {name}", daemon=True)
        self._thread.start()

    def submit(self, job: Job) -> Future[Any]:
        """Queue a job and return at once; the future is done when the job is durable.

        It cannot be cancelled: who stops waiting does not undo the job. Raises LogClosedError.
        """
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()
        with self._closing:
            if self._closed:
                raise LogClosedError(f"The log {self._name} is closed.")
            self._queue.put((job, future))
        return future

    def close(self) -> None:
        """Write all that was submitted, then end the thread. Blocks; may be called twice."""
        with self._closing:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        open_for_more = True
        while open_for_more:
            group, open_for_more = self._next_group()
            if group:
                self._write(group)

    def _next_group(self) -> tuple[list[tuple[Job, Future[Any]]], bool]:
        group: list[tuple[Job, Future[Any]]] = []
        rows = 0
        item = self._queue.get()
        while item is not None:
            group.append(item)
            rows += item[0].rows
            if rows >= _GROUP_ROWS:
                return group, True
            try:
                item = self._queue.get_nowait()
            except Empty:
                return group, True
        return group, False

    def _write(self, group: list[tuple[Job, Future[Any]]]) -> None:
        try:
            results = self._commit([job for job, _ in group])
        except Exception as error:  # noqa: BLE001 - whatever it was, the waiters must learn of it
            self._failure = self._failure or error
            for _, future in group:
                future.set_exception(self._explain(self._failure))
            return
        for job, _ in group:
            job.publish()
        for (_, future), result in zip(group, results, strict=True):
            future.set_result(result)
        self._on_commit()

    def _commit(self, jobs: list[Job]) -> list[object]:
        if self._failure is not None:
            raise self._failure
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            results = [job.apply(self._connection) for job in jobs]
            self._connection.execute("COMMIT")
        except BaseException:
            # A full disk may have rolled back already, and then there is nothing left to do.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        return results

    def _explain(self, failure: Exception) -> LogWriteError:
        error = LogWriteError(
            f"The log {self._name} could not be written: {failure}. It takes no more writes. "
            "See that the disk has space and works, then start again: whatever had been "
            "acknowledged is kept."
        )
        error.__cause__ = failure
        return error
