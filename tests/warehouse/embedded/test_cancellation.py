"""Ending queries that nobody waits for any more."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from clickhouse_driver import Client
from clickhouse_driver.errors import ServerException

ENDLESS = "SELECT sum(sipHash64(number)) FROM system.numbers"
RUNNING = """
    SELECT count() FROM system.processes
    WHERE query LIKE '%system.numbers%' AND query NOT LIKE '%system.processes%'
"""


def begin(client: Client, sql: str) -> None:
    """Send a query as the driver does, without waiting for what comes of it."""
    client.connection.force_connect()
    client.connection.send_query(sql)
    client.connection.send_external_tables(None)


def wait_until_running(observer: Client, count: int) -> None:
    """Return once this many endless queries are running."""
    for _ in range(20_000):
        if observer.execute(RUNNING) == [(count,)]:
            return
    pytest.fail(f"there were never {count} queries running")


def test_a_stream_can_be_cancelled(client: Client) -> None:
    """A client that has seen enough of an endless result cancels it, and goes on."""
    rows = client.execute_iter("SELECT number FROM system.numbers")
    assert next(rows) == (0,)

    client.cancel()

    assert client.execute("SELECT 1") == [(1,)]


def test_a_query_without_rows_yet_can_be_cancelled(
    client: Client, connect: Callable[..., Client]
) -> None:
    """A client can cancel while the engine computes and has nothing to show."""
    observer = connect()
    begin(client, ENDLESS)
    wait_until_running(observer, 1)

    client.cancel()

    wait_until_running(observer, 0)
    assert client.execute("SELECT 1") == [(1,)]


def test_a_cancel_in_the_same_breath_counts(client: Client, connect: Callable[..., Client]) -> None:
    """A cancellation that arrives together with its query ends it."""
    begin(client, ENDLESS)

    client.cancel()

    wait_until_running(connect(), 0)
    assert client.execute("SELECT 1") == [(1,)]


def test_a_cancelled_insert_is_an_error(client: Client, connect: Callable[..., Client]) -> None:
    """A statement that writes does not look done when it was cancelled."""
    client.execute("CREATE TABLE t (n UInt64) ENGINE = Null")
    begin(client, "INSERT INTO t SELECT number FROM system.numbers")
    wait_until_running(connect(), 1)

    with pytest.raises(ServerException) as cancelled:
        client.cancel()

    assert cancelled.value.code == 394


def test_a_query_ends_with_its_client(connect: Callable[..., Client]) -> None:
    """What a client was waiting for when it left is not computed to its end."""
    observer, leaving = connect(), connect()
    begin(leaving, ENDLESS)
    wait_until_running(observer, 1)

    leaving.disconnect()

    wait_until_running(observer, 0)


def test_a_late_cancel_cancels_nothing(client: Client) -> None:
    """A cancellation that arrives after its query's end is passed over."""
    assert client.execute("SELECT 1") == [(1,)]

    client.connection.send_cancel()

    assert client.execute("SELECT 2") == [(2,)]


def test_cancelling_one_query_leaves_others_alone(connect: Callable[..., Client]) -> None:
    """Only the query of the client that cancelled ends."""
    observer, first, second = connect(), connect(), connect()
    for client in (first, second):
        begin(client, ENDLESS)
    wait_until_running(observer, 2)

    first.cancel()

    wait_until_running(observer, 1)
    thread = threading.Thread(target=second.cancel)
    thread.start()
    wait_until_running(observer, 0)
    thread.join()
