"""Reading bytes that come in any pieces, and bytes that mean harm."""

from __future__ import annotations

import struct
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.warehouse.embedded._blocks import Block, Column, header_block, read_block
from pipeline.warehouse.embedded._compression import compress, read_frame
from pipeline.warehouse.embedded._errors import HungUpError, MalformedError, RefusedError
from pipeline.warehouse.embedded._reader import Reader
from pipeline.warehouse.embedded._requests import read_data, read_hello, read_query
from pipeline.warehouse.embedded._wire import string, varint

LIMIT = 1 << 20
HARMLESS = (HungUpError, MalformedError, RefusedError)


def reader_of(data: bytes, cuts: list[int] | None = None, limit: int = LIMIT) -> Reader:
    """Return a reader to which the data arrives cut at these places."""
    places = [0, *sorted(min(cut, len(data)) for cut in cuts or []), len(data)]
    pieces = iter([data[start:end] for start, end in pairwise(places) if start < end])
    return Reader(lambda: next(pieces, b""), limit)


def block_of(*columns: tuple[str, str, bytes], rows: int) -> bytes:
    """Return a Native block of columns, each a name, a type and its data."""
    block = varint(len(columns)) + varint(rows)
    return block + b"".join(string(name) + string(kind) + data for name, kind, data in columns)


@given(st.integers(min_value=0, max_value=2**64 - 1), st.lists(st.integers(0, 10)))
def test_numbers_are_read_as_they_were_written(number: int, cuts: list[int]) -> None:
    """A number comes back, however it was cut on the way."""
    assert reader_of(varint(number), cuts).varint() == number


@given(st.text(), st.lists(st.integers(0, 100)))
def test_texts_are_read_as_they_were_written(text: str, cuts: list[int]) -> None:
    """A text comes back, however it was cut on the way."""
    assert reader_of(string(text), cuts).string() == text


@given(
    st.lists(st.binary(max_size=300) | st.just(b"x" * 20_000), max_size=20),
    st.lists(st.integers(0, 30_000), max_size=10),
)
def test_a_column_of_texts_is_walked_to_its_end(texts: list[bytes], cuts: list[int]) -> None:
    """A block ends exactly where it ends, and what follows it is left unread."""
    data = b"".join(varint(len(text)) + text for text in texts)
    block = block_of(("a", "String", data), ("b", "UInt8", bytes(len(texts))), rows=len(texts))
    reader = reader_of(block + b"next", cuts)

    read = read_block(reader)

    assert read == Block((Column("a", "String"), Column("b", "UInt8")), len(texts), block)
    assert reader.take(4) == b"next"


def test_a_block_without_rows_is_its_columns() -> None:
    """What the server sends before any rows reads as a block of no rows."""
    columns = (Column("a", "UInt8"), Column("é", "Array(String)"))

    assert read_block(reader_of(header_block(columns))).columns == columns


@pytest.mark.parametrize(
    "data",
    [
        b"\xff" * 20,
        varint(1) + varint(2**60) + string("a") + string("UInt64"),
        varint(1) + varint(1) + varint(2**62),
        varint(1) + varint(1) + string("a") + string("FixedString(16777216)"),
        block_of(("a", "String", varint(2**63)), rows=1),
        block_of(("a", "String", b"\xff" * 11), rows=1),
        block_of(("a", "Array(UInt8)", struct.pack("<Q", 2**63)), rows=1),
        block_of(("a", "Array(String)", struct.pack("<Q", 2**63)), rows=1) + b"\xff" * 30,
        block_of(("a", "LowCardinality(String)", struct.pack("<QQ", 1, 255)), rows=1),
        block_of(("a", "LowCardinality(String)", struct.pack("<QQQ", 1, 0, 2**63)), rows=1)
        + b"\xff" * 30,
        block_of(("a", "LowCardinality(UInt8)", struct.pack("<QQQ", 1, 0, 2**63)), rows=1),
    ],
)
def test_a_hostile_length_is_refused_before_it_is_waited_for(data: bytes) -> None:
    """A length beyond the limit raises at once: nothing is allocated and no byte is awaited."""

    def more() -> bytes:
        pieces.append(b"")
        assert len(pieces) < 3, "waited for bytes that can never all come"
        return data

    pieces: list[bytes] = []
    with pytest.raises(MalformedError):
        read_block(Reader(more, LIMIT))


@given(st.binary(max_size=200))
@example(b"")
def test_random_bytes_never_do_worse_than_end_a_conversation(data: bytes) -> None:
    """Whatever the bytes are, reading them ends with one of the errors that are provided for."""
    for read in (
        read_hello,
        read_query,
        read_block,
        read_frame,
        lambda reader: read_data(reader, compressed=False),
        lambda reader: read_data(reader, compressed=True),
    ):
        with suppress(*HARMLESS):
            read(reader_of(data))


BLOCK = block_of(
    ("a", "String", string("x") + string("yy")),
    ("b", "Array(LowCardinality(Nullable(String)))", struct.pack("<QQQ", 1, 0, 0)),
    ("c", "Map(String, UInt8)", struct.pack("<QQ", 1, 1) + string("k") + b"\x01"),
    ("d", "Tuple(a Nullable(Int16), b FixedString(3))", bytes(2 + 4 + 6)),
    rows=2,
)


@given(st.lists(st.tuples(st.integers(0, len(BLOCK) - 1), st.integers(0, 255)), max_size=6))
@example([])
def test_a_damaged_block_is_read_or_refused(damages: list[tuple[int, int]]) -> None:
    """A block with some bytes changed is another block, or none; the walk never goes astray."""
    damaged = bytearray(BLOCK)
    for place, byte in damages:
        damaged[place] = byte

    try:
        block = read_block(reader_of(bytes(damaged)))
    except HARMLESS:
        assert damages
    else:
        assert bytes(damaged).startswith(block.native)


@given(st.binary(max_size=5000))
def test_frames_hold_what_was_compressed(data: bytes) -> None:
    """Compressed data comes back, also when it takes several frames."""
    repeated = data * 500
    frames = compress(repeated)
    reader, got = reader_of(frames, limit=len(frames)), b""

    while reader.position < len(frames):
        got += read_frame(reader)

    assert got == repeated


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_damaged_frame_is_refused(place: int, change: int) -> None:
    """A frame with any byte changed does not pass for data."""
    frame = bytearray(compress(b"some text, some text, some text"))
    frame[place % len(frame)] ^= change

    with pytest.raises(HARMLESS):
        read_frame(reader_of(bytes(frame)))


@pytest.mark.parametrize(
    ("method", "size", "raw_size"),
    [(0x82, 2**32 - 1, 10), (0x82, 20, 2**32 - 1), (0x02, 9, 0), (0x82, 0, 0), (0x90, 20, 20)],
)
def test_a_frame_of_impossible_sizes_is_refused(method: int, size: int, raw_size: int) -> None:
    """Sizes that no frame can have, and other methods, are refused before data is read."""
    with pytest.raises(MalformedError):
        read_frame(reader_of(bytes(16) + struct.pack("<BII", method, size, raw_size)))
