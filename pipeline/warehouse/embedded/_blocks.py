"""Native blocks: finding where one ends without decoding what it holds.

Format: https://clickhouse.com/docs/native-protocol/columns and, for blocks, …/server#data. A block
carries no length of its own, so its end is found by walking over its columns.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.warehouse.embedded._errors import MalformedError
from pipeline.warehouse.embedded._reader import Reader
from pipeline.warehouse.embedded._types import (
    Dictionary,
    Fixed,
    Layout,
    Nullable,
    Repeated,
    Text,
    Together,
    layout_of,
)
from pipeline.warehouse.embedded._wire import string, varint

_INDEX_WIDTHS = (1, 2, 4, 8)


class Column(NamedTuple):
    """A column by its name and the name of its type."""

    name: str
    type: str


class Block(NamedTuple):
    """Some rows of some columns, as the bytes that they came in (without the block info)."""

    columns: tuple[Column, ...]
    rows: int
    native: bytes


def header_block(columns: tuple[Column, ...]) -> bytes:
    """Return a block of these columns without a row."""
    described = b"".join(string(column.name) + string(column.type) for column in columns)
    return varint(len(columns)) + varint(0) + described


def split_blocks(native: bytes) -> list[Block]:
    """Return the blocks in these bytes, which hold nothing else."""
    pieces = iter((native,))
    reader = Reader(lambda: next(pieces, b""), len(native))
    blocks = []
    while reader.position < len(native):
        blocks.append(read_block(reader))
    return blocks


def read_block(reader: Reader) -> Block:
    """Read one block.

    Raises MalformedError for bytes that are none, and RefusedError for one with a column whose
    type hides where it ends: nothing after it can be read then.
    """
    start = reader.position
    column_count, rows = reader.varint(), reader.varint()
    columns = []
    for _ in range(column_count):
        column = Column(reader.string(), reader.string())
        columns.append(column)
        if rows:
            layout = layout_of(column.type)
            reader.skip(_prefix_size(layout))
            _skip_column(reader, layout, rows)
    return Block(tuple(columns), rows, reader.since(start))


def _prefix_size(layout: Layout) -> int:
    """Return the size of what stands before a column's data: a version for each dictionary."""
    match layout:
        case Fixed() | Text():
            return 0
        case Dictionary():
            return 8
        case Nullable(inner) | Repeated(inner):
            return _prefix_size(inner)
        case Together(columns):
            return sum(map(_prefix_size, columns))


def _skip_column(reader: Reader, layout: Layout, rows: int) -> None:
    """Read the data of one column."""
    match layout:
        case Fixed(width):
            reader.skip(width * rows)
        case Text():
            reader.skip_strings(rows)
        case Nullable(values):
            reader.skip(rows)
            _skip_column(reader, values, rows)
        case Repeated(items) if rows:
            reader.skip(8 * (rows - 1))
            _skip_column(reader, items, reader.uint64())
        case Together(columns):
            for column in columns:
                _skip_column(reader, column, rows)
        case Dictionary(values) if rows:
            index_type = reader.uint64() & 0xFF
            if index_type >= len(_INDEX_WIDTHS):
                raise MalformedError(f"A dictionary has the unknown index type {index_type}")
            _skip_column(reader, values, reader.uint64())
            reader.skip(_INDEX_WIDTHS[index_type] * reader.uint64())
