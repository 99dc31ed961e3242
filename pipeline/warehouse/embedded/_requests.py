"""Reading what a client says.

Format: https://clickhouse.com/docs/native-protocol/client
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.warehouse.embedded._blocks import Block, read_block
from pipeline.warehouse.embedded._compression import read_frame
from pipeline.warehouse.embedded._errors import ErrorCode, MalformedError, RefusedError
from pipeline.warehouse.embedded._reader import Reader
from pipeline.warehouse.embedded._settings import Setting
from pipeline.warehouse.embedded._wire import SETTINGS_AS_TEXT, ClientPacket

_TCP_INTERFACE = 1
_IMPORTANT = 1
_BLOCK_INFO_FIELDS = {1: 1, 2: 4}
"""The width of each field of a block info, by its number."""


class Hello(NamedTuple):
    """A client's greeting."""

    revision: int
    database: str
    user: str
    password: str


class NamedBlock(NamedTuple):
    """A block, and the external table that it belongs to (or '')."""

    table: str
    block: Block


class Query(NamedTuple):
    """A query with everything that came with it."""

    sql: bytes
    settings: tuple[Setting, ...]
    compressed: bool
    """Whether blocks are compressed, both ways, until the query's end."""
    tables: tuple[NamedBlock, ...]
    """The external tables, in as many blocks as they came in."""


def read_hello(reader: Reader) -> Hello:
    """Read a client's greeting, the first packet of a connection.

    Raises MalformedError for anything else, and for a client whose settings are no text.
    """
    packet = reader.varint()
    if packet != ClientPacket.HELLO:
        raise MalformedError(
            f"Expected Hello, got packet {packet}", ErrorCode.UNEXPECTED_PACKET_FROM_CLIENT
        )
    reader.string()  # the client's name
    reader.varint(), reader.varint()  # its version
    hello = Hello(reader.varint(), reader.string(), reader.string(), reader.string())
    if hello.revision < SETTINGS_AS_TEXT:
        raise MalformedError(
            f"The client speaks revision {hello.revision} of the protocol; "
            f"it must speak {SETTINGS_AS_TEXT} or a later one",
            ErrorCode.NOT_IMPLEMENTED,
        )
    return hello


def read_query(reader: Reader) -> Query:
    """Read the rest of a Query packet, and the external tables that follow it."""
    reader.string()  # the query's id: the engine gives its own
    _skip_client_info(reader)
    settings = []
    while name := reader.string():
        flags = reader.varint()
        settings.append(Setting(name, reader.string(), bool(flags & _IMPORTANT)))
    reader.varint()  # the stage up to which to process: always to the end here
    compressed = bool(reader.varint())
    sql = reader.take(reader.varint())
    tables = []
    while (data := read_data(reader, compressed=compressed)).block.columns:
        tables.append(data)
    return Query(sql, tuple(settings), compressed, tuple(tables))


def read_data(reader: Reader, *, compressed: bool) -> NamedBlock:
    """Read a Data packet; a block without columns is the last of its kind."""
    packet = reader.varint()
    while packet == ClientPacket.CANCEL:
        packet = reader.varint()
    if packet != ClientPacket.DATA:
        raise MalformedError(
            f"Expected Data, got packet {packet}", ErrorCode.UNEXPECTED_PACKET_FROM_CLIENT
        )
    table = reader.string()
    source = Reader(lambda: read_frame(reader), reader.limit) if compressed else reader
    _skip_block_info(source)
    try:
        block = read_block(source)
    except RefusedError as refusal:  # without the block's end, nothing after it can be read
        raise MalformedError(refusal.message, refusal.code) from refusal
    if compressed and source.next_if_here is not None:
        raise MalformedError("Compressed frames hold more than their block")
    return NamedBlock(table, block)


def _skip_client_info(reader: Reader) -> None:
    if not reader.byte():  # no query kind: nothing follows
        return
    reader.string(), reader.string(), reader.string()  # the initial user, query and address
    interface = reader.byte()
    if interface != _TCP_INTERFACE:
        raise MalformedError(f"A query came by the unknown interface {interface}")
    reader.string(), reader.string(), reader.string()  # the system's user, host and client
    reader.varint(), reader.varint(), reader.varint()  # the client's version and revision
    reader.string()  # the quota key
    reader.varint()  # the client's patch version


def _skip_block_info(reader: Reader) -> None:
    while field := reader.varint():
        if field not in _BLOCK_INFO_FIELDS:
            raise MalformedError(f"A block has the unknown information {field}")
        reader.skip(_BLOCK_INFO_FIELDS[field])
