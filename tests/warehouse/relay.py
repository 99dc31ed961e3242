"""What stands between a ClickHouse that spreads a table and an embedded server with a part of it.

The embedded server speaks to clients, not to other servers. A server that uses another as a shard
asks first how fresh its tables are, says more about the query than a client does, and sends
constants with it. The relay answers the question and leaves the rest out. Each query is answered to
its end: a shard of the real kind would stop before the aggregation that the asking server finishes.
"""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

from pipeline.warehouse.embedded._blocks import read_block
from pipeline.warehouse.embedded._compression import read_frame
from pipeline.warehouse.embedded._errors import HungUpError
from pipeline.warehouse.embedded._reader import Reader
from pipeline.warehouse.embedded._requests import _skip_block_info, read_hello
from pipeline.warehouse.embedded._wire import ClientPacket, string, varint

_PIECE = 1 << 16
_LIMIT = 1 << 30
_TABLES_STATUS_REQUEST, _SCALAR = 5, 7
_TABLES_STATUS = 9
_NO_CLIENT_INFO = b"\0"
_NOT_REPLICATED = b"\0"
_TCP_INTERFACE = 1


class Relay:
    """Lets servers use the embedded server on a port of this machine as a shard."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._listener: socket.socket | None = None
        self._open: list[socket.socket] = []
        self.port = 0

    def listen(self) -> None:
        """Accept connections, on the port of the first time."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def refuse(self) -> None:
        """Break all connections and accept no more."""
        listener, self._listener = self._listener, None
        if listener is not None:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Self:
        self.listen()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.refuse()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                asking, _ = listener.accept()
                shard = socket.create_connection(("127.0.0.1", self._server_port))
                self._open += (asking, shard)
                for pass_on in (_pass_answers_on, _pass_queries_on):
                    threading.Thread(target=pass_on, args=(asking, shard), daemon=True).start()


def _pass_answers_on(asking: socket.socket, shard: socket.socket) -> None:
    with suppress(OSError):
        while piece := shard.recv(_PIECE):
            asking.sendall(piece)
    with suppress(OSError):
        asking.shutdown(socket.SHUT_RDWR)


def _pass_queries_on(asking: socket.socket, shard: socket.socket) -> None:
    reader = Reader(lambda: asking.recv(_PIECE), _LIMIT)
    compressed = False
    with asking, shard, suppress(OSError, HungUpError):
        read_hello(reader)
        shard.sendall(reader.since(0))
        while True:
            reader.begin_packet()
            packet = reader.varint()
            if packet == _TABLES_STATUS_REQUEST:
                asking.sendall(_status_of_tables(reader))
            elif packet == ClientPacket.QUERY:
                query, compressed = _query_of_a_client(reader)
                shard.sendall(query)
            elif packet in {ClientPacket.DATA, _SCALAR}:
                _skip_block(reader, compressed=compressed)
                if packet == ClientPacket.DATA:
                    shard.sendall(reader.since(0))
            else:
                shard.sendall(reader.since(0))


def _status_of_tables(reader: Reader) -> bytes:
    tables = [(reader.string(), reader.string()) for _ in range(reader.varint())]
    status = (string(database) + string(table) + _NOT_REPLICATED for database, table in tables)
    return varint(_TABLES_STATUS) + varint(len(tables)) + b"".join(status)


def _query_of_a_client(reader: Reader) -> tuple[bytes, bool]:
    """Read a query; return it as a client would send it, and whether its blocks are compressed."""
    query_id = reader.string()
    _skip_client_info(reader)
    start = reader.position
    while reader.string():  # a setting
        reader.varint(), reader.string()
    reader.varint()  # the stage up to which to process
    compressed = bool(reader.varint())
    reader.skip(reader.varint())
    head = varint(ClientPacket.QUERY) + string(query_id) + _NO_CLIENT_INFO
    return head + reader.since(start), compressed


def _skip_client_info(reader: Reader) -> None:
    if not reader.byte():
        return
    reader.skip_strings(3)  # the initial user, query and address
    by_tcp = reader.byte() == _TCP_INTERFACE
    if by_tcp:
        reader.skip_strings(3)
        reader.varint(), reader.varint(), reader.varint()
    reader.string()  # the quota key
    if by_tcp:
        reader.varint()


def _skip_block(reader: Reader, *, compressed: bool) -> None:
    reader.string()
    source = Reader(lambda: read_frame(reader), _LIMIT) if compressed else reader
    _skip_block_info(source)
    read_block(source)
