"""Accepting clients, each in a thread of its own."""

from __future__ import annotations

import socket
import threading
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from pipeline.warehouse.embedded._cancellation import CancellationWatcher
from pipeline.warehouse.embedded._connection import Connection, Host
from pipeline.warehouse.embedded._session import Session


class EmbeddedServer:
    """ClickHouse's native protocol on a socket, in front of the engine in this process.

    The engine keeps its tables in `directory`, which is made if absent. `port` 0 picks a free one.
    One user may come in, with a password that is not empty. A process serves one directory at a
    time; after `stop` it may serve the same or another.

    An INSERT is written by the engine once its last block has arrived, however many there were, and
    is acknowledged after that: what is acknowledged survives the death of this process. It is
    written as a whole if its rows are of one partition and at most about a million (the engine's
    `min_insert_block_size_rows`). Until it is written, its rows are held in memory.
    """

    def __init__(
        self,
        directory: Path,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        user: str = "default",
        password: str,
    ) -> None:
        if not password:
            raise ValueError("The password is empty: everyone on this machine could come in")
        if "?" in str(directory):
            raise ValueError(f"The engine cannot open a path with a question mark: {directory}")
        self._directory = directory.absolute()
        self._bind_to = (host, port)
        self._user = user
        self._password = password
        self._running: _Running | None = None

    def start(self) -> None:
        """Open the directory, bind the port and begin to accept clients, in daemon threads.

        Raises EngineBusy if another process has the directory open, or this process serves another
        one; RuntimeError if the engine cannot open it otherwise, or this server is started already;
        OSError if the directory cannot be made or the port cannot be bound.
        """
        if self._running:
            raise RuntimeError("The server is started already")
        self._running = _Running(
            self._directory, self._bind_to, user=self._user, password=self._password
        )

    def stop(self) -> None:
        """Close every connection, end its queries and threads, free the port and the directory.

        Idempotent. Blocks until running queries have ended, which are killed.
        """
        running, self._running = self._running, None
        if running:
            running.stop()

    @property
    def address(self) -> tuple[str, int]:
        """Host and port that clients connect to; RuntimeError unless the server is started."""
        if not self._running:
            raise RuntimeError("The server is not started")
        return self._running.address

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


class _Running:
    """A server between its start and its stop."""

    def __init__(
        self, directory: Path, bind_to: tuple[str, int], *, user: str, password: str
    ) -> None:
        self._connections: dict[threading.Thread, Connection] = {}
        self._lock = threading.Lock()
        self._stopping = False
        with ExitStack() as undo:
            session = Session(directory, "embedded server")
            undo.callback(session.close)
            self._listener = socket.create_server(bind_to)
            undo.callback(self._listener.close)
            self.address: tuple[str, int] = self._listener.getsockname()[:2]
            watcher = CancellationWatcher(session)
            version, time_zone = session.rows("SELECT version(), timezone()")[0]
            major, minor, patch, *_ = map(int, version.split("."))
            watcher.start()
            undo.callback(watcher.stop)
            self._host = Host(directory, user, password, (major, minor, patch), time_zone, watcher)
            self._acceptor = threading.Thread(
                target=self._accept, name="clickhouse-accept", daemon=True
            )
            self._acceptor.start()
            self._undo = undo.pop_all()

    def stop(self) -> None:
        self._stopping = True
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._acceptor.join()
        with self._lock:
            connections = dict(self._connections)
        for connection in connections.values():
            connection.hang_up()
        for thread in connections:
            thread.join()
        self._undo.close()

    def _accept(self) -> None:
        while not self._stopping:
            try:
                client, _ = self._listener.accept()
            except OSError:  # the listener was shut down, or a client left before it was met
                continue
            connection = Connection(client, self._host)
            thread = threading.Thread(
                target=self._converse, args=(connection,), name="clickhouse-client", daemon=True
            )
            with self._lock:
                self._connections[thread] = connection
            thread.start()

    def _converse(self, connection: Connection) -> None:
        try:
            connection.converse()
        finally:
            with self._lock:
                del self._connections[threading.current_thread()]
