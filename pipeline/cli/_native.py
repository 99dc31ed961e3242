"""The rows of a query as a file of ClickHouse's Native format, every value as it was sent.

clickhouse-driver makes Python's values of ClickHouse's, and some do not come back as they were: a
time with nine digits, one of the year 1900, one in another zone. So times, decimals, enums and
their like are read and written as the integers that they are on the wire.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, BinaryIO

from clickhouse_driver import Client
from clickhouse_driver.block import BlockInfo, ColumnOrientedBlock
from clickhouse_driver.bufferedwriter import BufferedSocketWriter
from clickhouse_driver.columns.service import read_column, write_column
from clickhouse_driver.defines import DBMS_MIN_REVISION_WITH_CUSTOM_SERIALIZATION
from clickhouse_driver.reader import read_binary_str, read_binary_uint8
from clickhouse_driver.varint import read_varint, write_varint
from clickhouse_driver.writer import write_binary_str

from pipeline.report import views
from pipeline.warehouse import Address

_BUFFER_BYTES = 1 << 20
_QUOTED = r"'(?:[^'\\]|\\.)*'"
_WITH_ARGUMENTS = re.compile(
    rf"\b(Enum8|Enum16|DateTime64|DateTime|Decimal)\(((?:{_QUOTED}|[^()'])*)\)"
)
_INTEGERS = {
    "Enum8": "Int8",
    "Enum16": "Int16",
    "DateTime64": "Int64",
    "DateTime": "UInt32",
    "Date": "UInt16",
    "Date32": "Int32",
    "Time": "Int32",
    "Bool": "UInt8",
    "BFloat16": "UInt16",
    "UUID": "UInt128",
    "IPv4": "UInt32",
    "IPv6": "UInt128",
}
_PLAIN = re.compile(rf"\b({'|'.join(_INTEGERS)}|Interval\w+)\b")
_DECIMALS = {9: "Int32", 18: "Int64", 38: "Int128", 76: "Int256"}
"""The integer behind a Decimal, by the highest precision that it has room for."""


def copy_rows(address: Address, sql: str, file: BinaryIO) -> bool:
    """Run a statement that changes nothing, and fill a file with its rows, also if there are none.

    What the file held is gone; one block is in memory at a time. Returns False, with the file left
    empty, for a statement that has no columns. Blocks for the server. Raises clickhouse_driver's
    own errors.
    """
    file.seek(0)
    file.truncate()
    with views(address) as client:
        ((mode,),) = client.execute("SELECT toUInt64(getSetting('readonly'))")
        # Who may only read anyway may not change this setting either.
        settings = {"strings_as_bytes": True} | ({} if mode else {"readonly": 2})
        return _copy(client, sql, settings, file)


def _copy(client: Client, sql: str, settings: dict[str, Any], file: BinaryIO) -> bool:
    copying = _CopyingStream(client.connection.fin, client.connection.context, file)
    client.connection.block_in = copying
    rows = client.execute(sql, settings=settings)
    if rows:
        # The driver connected anew in between, and so with a reader of its own.
        raise EOFError("the connection broke before the query")
    return copying.has_columns


class _CopyingStream:
    """Takes the place of the driver's reader of blocks, and keeps no row for the driver."""

    def __init__(self, incoming: Any, context: Any, file: BinaryIO) -> None:  # noqa: ANN401 - untyped
        self.has_columns = False
        self._incoming = incoming
        self._context = context
        self._outgoing = BufferedSocketWriter(_Sink(file), _BUFFER_BYTES)

    def read(self, use_numpy: bool | None = None) -> ColumnOrientedBlock:  # noqa: FBT001 - the driver's
        """Read one block, write it to the file, and return it without its rows."""
        del use_numpy
        info = BlockInfo()
        info.read(self._incoming)
        column_count, row_count = read_varint(self._incoming), read_varint(self._incoming)
        columns = [self._read_column(row_count) for _ in range(column_count)]
        if column_count and (row_count or not self.has_columns):
            self.has_columns = True
            self._write(columns, row_count)
        described = [(name, type_name) for name, type_name, _ in columns]
        return ColumnOrientedBlock(columns_with_types=described, info=info)

    def _read_column(self, row_count: int) -> tuple[str, str, Any]:
        name, type_name = read_binary_str(self._incoming), read_binary_str(self._incoming)
        is_custom = False
        revision = self._context.server_info.used_revision
        if revision >= DBMS_MIN_REVISION_WITH_CUSTOM_SERIALIZATION:
            is_custom = bool(read_binary_uint8(self._incoming))
        items: Any = ()
        if row_count:
            items = read_column(
                self._context,
                stored_as(type_name),
                row_count,
                self._incoming,
                has_custom_serialization=is_custom,
            )
        return name, type_name, items

    def _write(self, columns: list[tuple[str, str, Any]], row_count: int) -> None:
        write_varint(len(columns), self._outgoing)
        write_varint(row_count, self._outgoing)
        for name, type_name, items in columns:
            write_binary_str(name, self._outgoing)
            write_binary_str(type_name, self._outgoing)
            if row_count:
                stored = stored_as(type_name)
                write_column(self._context, name, stored, list(items), self._outgoing)
        self._outgoing.flush()


class _Sink:
    """A file, in the place of the socket that the driver's writer writes to."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def sendall(self, data: bytes) -> None:
        """Write all of it."""
        self._file.write(data)


@lru_cache(maxsize=256)
def stored_as(type_name: str) -> str:
    """Return the type with the same bytes whose values clickhouse-driver leaves as they are.

    >>> stored_as("Array(Nullable(DateTime64(9, 'Europe/Berlin')))")
    'Array(Nullable(Int64))'
    >>> stored_as("Map(Enum8('(a)' = 1, 'it''s' = 2), Decimal(12, 4))")
    'Map(Int8, Int64)'
    """
    return _PLAIN.sub(_integer, _WITH_ARGUMENTS.sub(_integer_of, type_name))


def _integer_of(match: re.Match[str]) -> str:
    name, arguments = match.groups()
    if name != "Decimal":
        return _INTEGERS[name]
    precision = int(arguments.split(",")[0])
    return next(integer for most, integer in _DECIMALS.items() if precision <= most)


def _integer(match: re.Match[str]) -> str:
    return _INTEGERS.get(match[1], "Int64")
