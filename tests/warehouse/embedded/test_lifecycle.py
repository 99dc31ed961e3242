"""Starting and stopping: one directory a process, one process a directory.

The server of the other tests holds this process's engine, so most of these stories are told in
processes of their own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from clickhouse_driver import Client

from pipeline.warehouse.embedded import EmbeddedServer, EngineBusy

BEGINNING = """
import json, os, resource, socket, sys, threading
from pathlib import Path
from clickhouse_driver import Client
from pipeline.warehouse.embedded import EmbeddedServer, EngineBusy

def client_of(server):
    host, port = server.address
    return Client(host, port, password="pw")

directory = Path(sys.argv[1])
"""


def start(story: str, directory: Path) -> subprocess.Popen[str]:
    """Begin to run a story in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", BEGINNING + story, str(directory)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def told(story: str, directory: Path) -> list[str]:
    """Run a story in a process of its own to its end, and return what it printed."""
    with start(story, directory) as process:
        printed, _ = process.communicate()
    assert process.returncode == 0, printed
    return printed.splitlines()


def test_a_server_can_be_started_again_on_its_directory(tmp_path: Path) -> None:
    """What was written is there after a stop and a start, also in the default database."""
    story = """
server = EmbeddedServer(directory, password="pw")
for number in range(3):
    with server, client_of(server) as client:
        client.execute("CREATE DATABASE IF NOT EXISTS d")
        for table in ("default.t", "d.t"):
            columns = "(n Int8) ENGINE = MergeTree ORDER BY n"
            client.execute(f"CREATE TABLE IF NOT EXISTS {table} {columns}")
            client.execute(f"INSERT INTO {table} VALUES", [(number,)])
            print(client.execute(f"SELECT groupArray(n) FROM (SELECT n FROM {table} ORDER BY n)"))
"""
    expected = ["[([0],)]", "[([0, 1],)]", "[([0, 1, 2],)]"]
    assert told(story, tmp_path) == [line for line in expected for _ in range(2)]


def test_a_process_can_serve_one_directory_after_the_other(tmp_path: Path) -> None:
    """A second directory is refused while the first is served, and works after it."""
    story = """
first = EmbeddedServer(directory / "first", password="pw")
second = EmbeddedServer(directory / "second", password="pw")
with first:
    try:
        second.start()
    except EngineBusy as busy:
        print(busy)
with second, client_of(second) as client:
    print(client.execute("SELECT 1"))
"""
    refused, worked = told(story, tmp_path)
    assert refused == (
        f"Cannot open {tmp_path}/second: this process's engine serves another directory, and it "
        "can only serve one. Stop that server first, or use another process."
    )
    assert worked == "[(1,)]"


def test_a_directory_that_another_process_holds_is_refused(tmp_path: Path) -> None:
    """The error names the process that has the directory open, and the refusal harms nobody."""
    holding = """
with EmbeddedServer(directory, password="pw") as server, client_of(server) as client:
    print(os.getpid(), flush=True)
    input()
    print(client.execute("SELECT 1"))
"""
    refused = """
try:
    EmbeddedServer(directory, password="pw").start()
except EngineBusy as busy:
    print(busy)
"""
    with start(holding, tmp_path) as holder:
        assert holder.stdout is not None
        process_id = holder.stdout.readline().strip()
        [busy] = told(refused, tmp_path)
        assert busy == (
            f"Cannot open {tmp_path}: process {process_id} has it open, and only one process at a "
            "time can. Connect to that process's server instead, or stop it first."
        )
        printed, _ = holder.communicate("go on\n")
    assert printed == "[(1,)]\n"


def test_stop_ends_connections_queries_and_threads(tmp_path: Path) -> None:
    """After a stop, no thread of the server is left, however busy its clients were."""
    story = """
server = EmbeddedServer(directory, password="pw")
server.start()
address, idle, busy, observer = server.address, *(client_of(server) for _ in range(3))
idle.execute("SELECT 1")
def wait_for_ever():
    try:
        busy.execute("SELECT sum(sipHash64(number)) FROM system.numbers")
    except Exception as error:
        print(type(error).__name__)
thread = threading.Thread(target=wait_for_ever)
thread.start()
running = "SELECT count() FROM system.processes WHERE query LIKE '%sipHash%'"
while observer.execute(running) != [(2,)]:
    pass
server.stop()
server.stop()
thread.join()
print([thread.name for thread in threading.enumerate()])
again = EmbeddedServer(directory, port=address[1], password="pw")
with again, client_of(again) as client:
    print(again.address == address, client.execute("SELECT 1"))
"""
    ended, *rest = told(story, tmp_path)
    assert ended in {"EOFError", "NetworkError", "ServerException", "ConnectionResetError"}
    assert rest == ["['MainThread']", "True [(1,)]"]


def test_a_port_that_is_taken_leaves_the_directory_free(tmp_path: Path) -> None:
    """A start that fails half-way can be tried again with another port."""
    story = """
with socket.create_server(("127.0.0.1", 0)) as taken:
    try:
        EmbeddedServer(directory / "first", port=taken.getsockname()[1], password="pw").start()
    except OSError as error:
        print(type(error).__name__)
with EmbeddedServer(directory / "second", password="pw") as server, client_of(server) as client:
    print(client.execute("SELECT 1"))
"""
    assert told(story, tmp_path) == ["OSError", "[(1,)]"]


def test_acknowledged_inserts_survive_a_kill(tmp_path: Path) -> None:
    """Three times a process is killed in mid-insert; every acknowledged insert is there, whole."""
    story = """
with EmbeddedServer(directory, password="pw") as server, client_of(server) as client:
    columns = "(batch UInt32, n UInt32) ENGINE = MergeTree ORDER BY n"
    client.execute(f"CREATE TABLE IF NOT EXISTS t {columns}")
    found = client.execute("SELECT batch, count(), uniqExact(n) FROM t GROUP BY batch")
    print(json.dumps(found), flush=True)
    batch = int(sys.stdin.readline())
    while True:
        client.execute("INSERT INTO t VALUES", [(batch, n) for n in range(1000)])
        print(batch, flush=True)
        batch += 1
"""
    known: set[int] = set()
    for round_number in range(4):
        with start(story, tmp_path) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            found = json.loads(process.stdout.readline())
            written = {batch for batch, *_ in found}
            assert known <= written
            assert len(written - known) <= 1  # the one that was under way
            assert all(counts == [1000, 1000] for _, *counts in found)
            known = written
            if round_number < 3:
                process.stdin.write(f"{round_number * 1_000_000}\n")
                process.stdin.flush()
                known |= {int(process.stdout.readline()) for _ in range(25)}
            process.kill()
            known |= {int(line) for line in process.stdout if line.endswith("\n")}
    assert len(known) >= 75


def test_memory_stays_flat_on_a_large_result(tmp_path: Path) -> None:
    """A result of 800 MB is passed on without being held."""
    story = """
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
with EmbeddedServer(directory, password="pw") as server, client_of(server) as client:
    for rows in (1_000_000, 100_000_000):
        client.connection.force_connect()
        client.connection.send_query(f"SELECT number FROM numbers({rows})")
        client.connection.send_external_tables(None)
        size, client_socket = 0, client.connection.socket
        while size < 8 * rows:
            size += len(client_socket.recv(1 << 20))
        client.disconnect()
        print(peak())
"""
    small, large = map(int, told(story, tmp_path))
    assert large - small < 200


def test_an_empty_password_is_refused(tmp_path: Path) -> None:
    """A server that lets everyone in cannot even be made."""
    with pytest.raises(ValueError, match="empty"):
        EmbeddedServer(tmp_path, password="")


def test_a_path_that_the_engine_would_misread_is_refused(tmp_path: Path) -> None:
    """A question mark would begin the engine's options."""
    with pytest.raises(ValueError, match="question mark"):
        EmbeddedServer(tmp_path / "what?", password="pw")


def test_an_address_needs_a_start(tmp_path: Path) -> None:
    """A server that is not started has no address, and stopping it does nothing."""
    server = EmbeddedServer(tmp_path, password="pw")

    server.stop()

    with pytest.raises(RuntimeError, match="not started"):
        _ = server.address


def test_a_server_is_started_once(embedded_server: EmbeddedServer, clickhouse: Client) -> None:
    """A second start is refused and disturbs nothing."""
    with pytest.raises(RuntimeError, match="started already"):
        embedded_server.start()

    assert clickhouse.execute("SELECT 1") == [(1,)]


def test_the_other_tests_server_holds_this_process(
    embedded_server: EmbeddedServer, tmp_path: Path
) -> None:
    """A second directory in one process is refused, and the port is not even bound."""
    assert embedded_server.address

    with pytest.raises(EngineBusy, match="another directory"):
        EmbeddedServer(tmp_path, password="pw").start()
