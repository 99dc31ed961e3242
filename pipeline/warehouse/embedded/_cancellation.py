"""Ending a query whose client has cancelled it, or is gone, while the engine is busy with it."""

from __future__ import annotations

import logging
import os
import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pipeline.warehouse.embedded._errors import RefusedError
from pipeline.warehouse.embedded._session import Session
from pipeline.warehouse.embedded._wire import ClientPacket

_RETRY_SECONDS = 0.05
_EVENTS = select.EPOLLIN | select.EPOLLRDHUP | select.EPOLLONESHOT

_log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class Watch:
    """A query that is running, and the client that waits for it."""

    client: socket.socket
    label: str
    cancelled: threading.Event = field(default_factory=threading.Event)
    """Set once the client has cancelled the query, or has gone."""

    def client_gave_up(self) -> bool:
        """Look at the client's next byte, and leave it there."""
        try:
            first = self.client.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return not first or first[0] == ClientPacket.CANCEL


class CancellationWatcher:
    """A thread that watches the clients of running queries, and kills what they no longer want.

    `session` is used by this thread alone. A query may take a moment to become known to the engine,
    so it is killed again until it ends.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._watches: dict[int, Watch] = {}
        self._lock = threading.Lock()
        self._epoll = select.epoll()
        self._wake = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="clickhouse-cancel", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._epoll.register(self._wake, select.EPOLLIN)
        self._thread.start()

    def stop(self) -> None:
        """End the thread; no query is watched any more when this is called."""
        self._stopping = True
        os.eventfd_write(self._wake, 1)
        self._thread.join()
        self._epoll.close()
        os.close(self._wake)

    def cancel(self, watch: Watch) -> None:
        """End a query whose cancellation was read together with it."""
        watch.cancelled.set()
        os.eventfd_write(self._wake, 1)

    @contextmanager
    def watching(self, client: socket.socket, label: str) -> Iterator[Watch]:
        """Watch this client while the engine works on a query of the sessions of this label.

        After it, the query is not killed any more, nor is a later one in its place.
        """
        watch, file = Watch(client, label), client.fileno()
        with self._lock:
            self._watches[file] = watch
            self._epoll.register(file, _EVENTS)
        try:
            yield watch
        finally:
            with self._lock:
                del self._watches[file]
                self._epoll.unregister(file)

    def _run(self) -> None:
        while not self._stopping:
            pending = any(watch.cancelled.is_set() for watch in self._watches.copy().values())
            events = self._epoll.poll(_RETRY_SECONDS if pending else None)
            with self._lock:
                for file, _ in events:
                    if file == self._wake:
                        os.eventfd_read(file)
                    watch = self._watches.get(file)
                    if watch and watch.client_gave_up():
                        watch.cancelled.set()
                for watch in self._watches.values():
                    if watch.cancelled.is_set():
                        self._kill(watch)

    def _kill(self, watch: Watch) -> None:
        try:
            self._session.kill_queries_of(watch.label)
        except RefusedError:
            _log.exception("A query could not be killed")
