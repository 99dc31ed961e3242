"""The conversation with one client, from its greeting until it hangs up."""

from __future__ import annotations

import hmac
import logging
import socket
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.warehouse._quoting import quoted_name
from pipeline.warehouse.embedded._blocks import Block
from pipeline.warehouse.embedded._cancellation import CancellationWatcher, Watch
from pipeline.warehouse.embedded._compression import compress
from pipeline.warehouse.embedded._errors import (
    ErrorCode,
    HungUpError,
    MalformedError,
    RefusedError,
)
from pipeline.warehouse.embedded._execution import execute
from pipeline.warehouse.embedded._reader import Reader
from pipeline.warehouse.embedded._requests import Hello, read_data, read_hello, read_query
from pipeline.warehouse.embedded._session import Session
from pipeline.warehouse.embedded._settings import QuerySettings
from pipeline.warehouse.embedded._wire import (
    BLOCK_INFO,
    ClientPacket,
    ServerPacket,
    data_packet,
    exception_packet,
    hello_packet,
    varint,
)

_RECEIVE_SIZE = 1 << 20
_GREETING_LIMIT = 64 << 10
_PACKET_LIMIT = 1 << 30
_GREETING_SECONDS = 10
_FAREWELL_SECONDS = 1

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Host:
    """What all connections of a server share."""

    directory: Path
    user: str
    password: str = field(repr=False)
    version: tuple[int, int, int]
    time_zone: str
    watcher: CancellationWatcher

    def admits(self, hello: Hello) -> bool:
        """Tell whether the client knows user and password."""
        given = f"{hello.user}\0{hello.password}".encode(errors="surrogateescape")
        return hmac.compare_digest(given, f"{self.user}\0{self.password}".encode())


class Connection:
    """A client on a socket, in a thread of its own.

    Whatever a client sends, only its own connection suffers.
    """

    def __init__(self, client: socket.socket, host: Host) -> None:
        self._client = client
        self._host = host
        self._label = f"connection {uuid.uuid4()}"
        self._reader = Reader(lambda: client.recv(_RECEIVE_SIZE), _GREETING_LIMIT)
        self._compressed = False

    def converse(self) -> None:
        """Talk until either side hangs up; the socket is closed then."""
        with self._client:
            try:
                self._client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                hello = self._greeting()
                with closing(Session(self._host.directory, self._label)) as session:
                    self._welcome(hello, session)
                    self._answer_queries(session)
            except (HungUpError, OSError) as reason:
                _log.debug("%s ended: %r", self._label, reason)
            except RefusedError as refusal:
                self._part(refusal)
            except Exception as error:  # noqa: BLE001 (a defect here must not end the process)
                _log.exception("%s failed", self._label)
                self._part(RefusedError(ErrorCode.UNKNOWN_EXCEPTION, repr(error)))

    def hang_up(self) -> None:
        """End the conversation soon, from another thread; a running query is killed."""
        with suppress(OSError):
            self._client.shutdown(socket.SHUT_RDWR)

    def send(self, native: bytes) -> None:
        """Send a Native block."""
        block = BLOCK_INFO + native
        self._client.sendall(data_packet(compress(block) if self._compressed else block))

    def receive(self) -> Block:
        """Wait for a Native block."""
        self._reader.begin_packet()
        return read_data(self._reader, compressed=self._compressed).block

    @contextmanager
    def waiting(self) -> Iterator[Watch]:
        """Watch the client while the engine works for it."""
        with self._host.watcher.watching(self._client, self._label) as watch:
            if self._reader.next_if_here == ClientPacket.CANCEL:
                self._host.watcher.cancel(watch)
            yield watch

    def _greeting(self) -> Hello:
        self._client.settimeout(_GREETING_SECONDS)
        hello = read_hello(self._reader)
        if not self._host.admits(hello):
            raise RefusedError(
                ErrorCode.AUTHENTICATION_FAILED,
                f"{hello.user}: Authentication failed: password is incorrect, or there is no user "
                "with such name.",
            )
        self._client.settimeout(None)
        self._reader.limit = _PACKET_LIMIT
        return hello

    def _welcome(self, hello: Hello, session: Session) -> None:
        if hello.database:
            session.run(f"USE {quoted_name(hello.database)}")
        self._client.sendall(hello_packet(self._host.version, self._host.time_zone))

    def _answer_queries(self, session: Session) -> None:
        settings = QuerySettings(session)
        while True:
            self._reader.begin_packet()
            packet = self._reader.varint()
            if packet == ClientPacket.PING:
                self._client.sendall(varint(ServerPacket.PONG))
            elif packet == ClientPacket.QUERY:
                self._answer_query(session, settings)
            elif packet != ClientPacket.CANCEL:  # one that came too late cancels nothing
                raise MalformedError(
                    f"Unexpected packet {packet}", ErrorCode.UNEXPECTED_PACKET_FROM_CLIENT
                )

    def _answer_query(self, session: Session, settings: QuerySettings) -> None:
        query = read_query(self._reader)
        self._compressed = query.compressed
        try:
            execute(query, session, settings, self)
        except MalformedError:
            raise
        except RefusedError as refusal:
            self._client.sendall(exception_packet(refusal.code, refusal.message))
        else:
            self._client.sendall(varint(ServerPacket.END_OF_STREAM))

    def _part(self, refusal: RefusedError) -> None:
        """Say why, and wait a moment for the client to read it: closing at once might lose it."""
        with suppress(OSError):
            self._client.settimeout(_FAREWELL_SECONDS)
            self._client.sendall(exception_packet(refusal.code, refusal.message))
            self._client.shutdown(socket.SHUT_WR)
            for _ in range(_PACKET_LIMIT // _RECEIVE_SIZE):
                if not self._client.recv(_RECEIVE_SIZE):
                    break
