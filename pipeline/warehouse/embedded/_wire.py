"""The words of the native protocol, and how the server writes them.

Format: https://clickhouse.com/docs/native-protocol/basics and …/native-protocol/server
"""

from __future__ import annotations

import struct
from enum import IntEnum

REVISION = 54440
"""The revision that this server announces.

High enough that settings travel as text, low enough that no later addition is in play (secrets
between servers, tracing, sparse columns, query parameters). Both sides speak the lower revision.
"""

SETTINGS_AS_TEXT = 54429
"""The first revision whose settings travel as text."""

BLOCK_INFO = b"\x01\x00\x02\xff\xff\xff\xff\x00"
"""Field 1 (is_overflows) false, field 2 (bucket_num) -1, end of fields."""


class ClientPacket(IntEnum):
    """What a client may send."""

    HELLO = 0
    QUERY = 1
    DATA = 2
    CANCEL = 3
    PING = 4


class ServerPacket(IntEnum):
    """What this server sends."""

    HELLO = 0
    DATA = 1
    EXCEPTION = 2
    PONG = 4
    END_OF_STREAM = 5


def varint(number: int) -> bytes:
    """Return a non-negative number in seven bits a byte, the lowest first.

    >>> varint(300).hex()
    'ac02'
    """
    encoded = bytearray()
    while number > 0x7F:  # noqa: PLR2004 (the seven low bits)
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    encoded.append(number)
    return bytes(encoded)


def string(text: str) -> bytes:
    """Return a text as its length in bytes and its bytes.

    >>> string("é").hex()
    '02c3a9'
    """
    encoded = text.encode(errors="surrogateescape")
    return varint(len(encoded)) + encoded


def hello_packet(version: tuple[int, int, int], time_zone: str) -> bytes:
    """Return the server's greeting."""
    major, minor, patch = version
    packet = varint(ServerPacket.HELLO) + string("ClickHouse")
    packet += varint(major) + varint(minor) + varint(REVISION)
    return packet + string(time_zone) + string("embedded") + varint(patch)


def exception_packet(code: int, message: str) -> bytes:
    """Return an exception without a stack trace and without a nested exception."""
    packet = varint(ServerPacket.EXCEPTION) + struct.pack("<i", code)
    return packet + string("DB::Exception") + string(message) + string("") + b"\x00"


def data_packet(block: bytes) -> bytes:
    """Return a block, ready to be sent (block info included, compressed or not)."""
    return varint(ServerPacket.DATA) + string("") + block
