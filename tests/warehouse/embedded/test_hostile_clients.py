"""Clients that send nonsense harm nobody but themselves."""

from __future__ import annotations

import socket
import struct

import pytest
from clickhouse_driver import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.warehouse.embedded import EmbeddedServer
from pipeline.warehouse.embedded._wire import BLOCK_INFO, string, varint

REVISION = 54440


def hello(client: Client, *, revision: int = REVISION) -> bytes:
    """Return the greeting of a client that knows the password."""
    packet = varint(0) + string("test") + varint(1) + varint(0) + varint(revision)
    return packet + string("") + string("default") + string(client.connection.password)


def query(sql: str) -> bytes:
    """Return a query without client info, settings, compression and external tables."""
    packet = varint(1) + string("") + b"\0" + string("") + varint(2) + varint(0) + string(sql)
    return packet + data(varint(0) + varint(0))


def data(block: bytes) -> bytes:
    """Return a Data packet."""
    return varint(2) + string("") + BLOCK_INFO + block


def answer(server: EmbeddedServer, *sent: bytes, until: bytes = b"") -> bytes:
    """Send these bytes, wait until so much has come, hang up, and return all that came.

    A client that hangs up at once has given up its query, and may get less of an answer.
    """
    received = bytearray()
    with socket.create_connection(server.address, timeout=30) as client:
        client.sendall(b"".join(sent))
        while until not in received and (piece := client.recv(1 << 16)):
            received += piece
        client.shutdown(socket.SHUT_WR)
        while piece := client.recv(1 << 16):
            received += piece
    return bytes(received)


def test_a_whole_conversation_can_be_held_by_hand(
    embedded_server: EmbeddedServer, clickhouse: Client
) -> None:
    """What the other tests damage works undamaged: greeting, header, rows, end of stream."""
    column = string("a") + string("UInt16")
    header = varint(1) + string("") + BLOCK_INFO + varint(1) + varint(0) + column
    rows = varint(1) + string("") + BLOCK_INFO + varint(1) + varint(1) + column + b"\x02\x01"
    said = hello(clickhouse), query("SELECT 258::UInt16 AS a")
    end = header + rows + varint(5)
    assert answer(embedded_server, *said, until=end).endswith(end)


@pytest.mark.parametrize(
    ("packets", "code"),
    [
        ([varint(9)], 101),
        ([varint(1), string("x" * 10)], None),
        ([varint(4), varint(4), varint(99)], 101),
        ([query("SELECT 1"), b"\xff" * 30], 117),
        ([varint(1), varint(2**62)], 117),
        ([varint(1) + string("") + b"\1" + string("") * 3 + b"\7"], 117),
        (
            [varint(1) + string("") + b"\0" + string("") + varint(2) + varint(0) + varint(2**40)],
            117,
        ),
        ([query("INSERT INTO t VALUES"), varint(4)], 101),
        ([query("INSERT INTO t VALUES"), data(varint(1) + varint(2**60) + string("a"))], None),
        (
            [
                query("INSERT INTO t VALUES"),
                data(varint(1) + varint(1) + string("a") + string("JSON") + b"{}"),
            ],
            50,
        ),
        (
            [
                query("INSERT INTO t VALUES"),
                data(varint(1) + varint(1) + string("a") + string("Array(" * 99) + b"{}"),
            ],
            50,
        ),
    ],
)
def test_a_malformed_packet_closes_its_connection(
    embedded_server: EmbeddedServer, clickhouse: Client, packets: list[bytes], code: int | None
) -> None:
    """The connection ends, with the reason where one can be given, and nothing is written."""
    clickhouse.execute("CREATE OR REPLACE TABLE default.t (a String) ENGINE = Memory")

    got = answer(embedded_server, hello(clickhouse), *packets)

    reason = b"" if code is None else varint(2) + struct.pack("<i", code) + string("DB::Exception")
    assert reason in got
    assert clickhouse.execute("SELECT count() FROM default.t") == [(0,)]


def test_a_client_that_is_too_old_is_told(
    embedded_server: EmbeddedServer, clickhouse: Client
) -> None:
    """A client whose settings are no text is refused, with the reason."""
    assert b"it must speak 54429" in answer(embedded_server, hello(clickhouse, revision=54428))


def test_a_statement_that_is_no_text_is_refused(
    embedded_server: EmbeddedServer, clickhouse: Client
) -> None:
    """Bytes that are no UTF-8 fail their query, and the next one works."""
    broken = query("SELECT '??'").replace(b"??", b"\xff\xfe")

    said = hello(clickhouse), broken, query("SELECT 'fine'")
    got = answer(embedded_server, *said, until=b"\x04fine\x05")

    assert b"no UTF-8 at byte 8" in got


@given(
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=8),
    st.integers(0, 10_000),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_damaged_conversation_leaves_others_alone(
    embedded_server: EmbeddedServer,
    clickhouse: Client,
    damages: list[tuple[int, int]],
    length: int,
) -> None:
    """However a conversation is damaged and cut, it ends, and another client is served."""
    block = varint(2) + varint(2) + string("a") + string("String") + string("x") + string("yy")
    block += string("b") + string("Array(UInt8)") + struct.pack("<QQ", 1, 2) + b"\1\2"
    greeting = hello(clickhouse)
    said = bytearray(
        query("SELECT 1")
        + query(f"INSERT INTO {clickhouse.connection.database}.t VALUES")
        + data(block)
        + data(varint(0) + varint(0))
    )
    for place, byte in damages:
        said[place % len(said)] = byte
    clickhouse.execute("CREATE TABLE IF NOT EXISTS t (a String, b Array(UInt8)) ENGINE = Null")

    answer(embedded_server, greeting, bytes(said[: length % len(said)]))

    assert clickhouse.execute("SELECT 'alive'") == [("alive",)]


@given(st.binary(max_size=100))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_noise_before_a_greeting_leaves_others_alone(
    embedded_server: EmbeddedServer, clickhouse: Client, noise: bytes
) -> None:
    """A connection that never says Hello ends without a trace."""
    answer(embedded_server, noise)

    assert clickhouse.execute("SELECT 'alive'") == [("alive",)]
