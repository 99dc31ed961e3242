"""Compressed blocks: frames of LZ4, each behind its checksum.

Format: https://clickhouse.com/docs/native-protocol/hash and `src/Compression/CompressionInfo.h`.
A frame is a CityHash128 (16 bytes) of all that follows, the method (1), the size of the frame from
the method on (4), the size once decompressed (4), and the data.
"""

from __future__ import annotations

import struct

import lz4.block
from clickhouse_cityhash.cityhash import CityHash128

from pipeline.warehouse.embedded._errors import ErrorCode, MalformedError
from pipeline.warehouse.embedded._reader import Reader

_HEAD = struct.Struct("<BII")
_LZ4, _NONE = 0x82, 0x02
_FRAME_SIZE = 1 << 20
_LARGEST_FRAME = 256 << 20
_BEST_RATIO = 255
"""LZ4 cannot do better: a length grows by at most 255 with each byte."""


def compress(data: bytes) -> bytes:
    """Return the data as frames of at most one mebibyte each before compression."""
    starts = range(0, len(data), _FRAME_SIZE)
    return b"".join(_frame(data[start : start + _FRAME_SIZE]) for start in starts)


def read_frame(reader: Reader) -> bytes:
    """Read one frame and return its data, decompressed.

    Raises MalformedError for a wrong checksum, an unknown method or impossible sizes, before it
    takes the memory that they ask for.
    """
    checksum = reader.take(16)
    head = reader.take(_HEAD.size)
    method, size, raw_size = _HEAD.unpack(head)
    data_size = size - _HEAD.size
    if method not in (_LZ4, _NONE):
        raise MalformedError(
            f"Compression method {method:#x} is unknown here: use LZ4, or none",
            ErrorCode.UNKNOWN_COMPRESSION_METHOD,
        )
    if not 0 < data_size <= _LARGEST_FRAME or raw_size > min(
        _LARGEST_FRAME, data_size * _BEST_RATIO
    ):
        raise MalformedError(
            f"A compressed frame of {size} bytes cannot hold {raw_size}",
            ErrorCode.TOO_LARGE_SIZE_COMPRESSED,
        )
    data = reader.take(data_size)
    if _checksum(head + data) != checksum:
        raise MalformedError(
            "A compressed frame does not match its checksum", ErrorCode.CHECKSUM_DOESNT_MATCH
        )
    return _decompress(method, data, raw_size)


def _decompress(method: int, data: bytes, raw_size: int) -> bytes:
    try:
        raw = data if method == _NONE else lz4.block.decompress(data, uncompressed_size=raw_size)
    except lz4.block.LZ4BlockError as error:
        raise MalformedError(f"A compressed frame is broken: {error}") from error
    if len(raw) != raw_size or not raw:
        raise MalformedError(f"A compressed frame holds {len(raw)} bytes, not {raw_size}")
    return bytes(raw)


def _frame(raw: bytes) -> bytes:
    data: bytes = lz4.block.compress(raw, store_size=False)
    body = _HEAD.pack(_LZ4, len(data) + _HEAD.size, len(raw)) + data
    return _checksum(body) + body


def _checksum(data: bytes) -> bytes:
    number = CityHash128(data)
    return struct.pack("<QQ", number >> 64, number & (1 << 64) - 1)
