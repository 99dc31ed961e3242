from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import msgspec
import pytest

from examples.agency_quarter import generate, write
from tests.kafka._clusters import PARTITIONS
from tests.kafka._workers import Cluster, Worker, until
from tests.warehouse.proxy import Proxy

WORKING = "Working, with"
PATIENCE = "8"
EVENTS = 'outreach_records_total{agent="conversations"}'
REPEATED = 'outreach_repeated_events_total{agent="conversations"}'
RETRIES = 8
"""So many take longer than the patience, since each pause is twice the one before."""


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a log."""
    file = tmp_path_factory.mktemp("log") / "log.jsonl"
    write(file, generate(7, 500))
    return file


def ask(worker: Worker, path: str) -> tuple[int, bytes]:
    """Return how a worker answers."""
    found = re.search(r"Health is at http://127\.0\.0\.1:(\d+)/health", worker.said)
    assert found is not None, worker.said
    connection = HTTPConnection("127.0.0.1", int(found[1]), timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except OSError as error:
        raise AssertionError(f"{error}; status {worker.process.poll()}: {worker.said}") from error
    finally:
        connection.close()


def health(worker: Worker) -> dict[str, Any]:
    """Return what a worker that is well says of its health."""
    status, body = ask(worker, "/health")
    assert status == 200, body
    found: dict[str, Any] = msgspec.json.decode(body)
    return found


def number(worker: Worker, sample: str) -> float:
    """Return a number of a worker's metrics by its name and labels; 0 if it is not there."""
    found = re.search(
        rf"^{re.escape(sample)} (\S+)$", ask(worker, "/metrics")[1].decode(), re.MULTILINE
    )
    return 0.0 if found is None else float(found[1])


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("agent", "agent creators acknowledges none of its "),
        ("loop", "the event loop does not turn"),
    ],
)
def test_a_worker_that_hangs_ends_itself(cluster: Cluster, log: Path, what: str, why: str) -> None:
    """With status 3 and the reason; and another does its work."""
    hanging = subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "tests.kafka._hanging_agents", what, "worker"],
        env={
            **cluster.environment,
            "OUTREACH_STATE": str(cluster.folder / "hanging"),
            "OUTREACH_STUCK_SECONDS": PATIENCE,
            "OUTREACH_MONITORING_PORT": "0",
        },
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert cluster.outreach("import", log).status == 0
        _, said = hanging.communicate()
    finally:
        hanging.kill()

    assert hanging.returncode == 3, said
    assert re.search(rf"^This worker is stuck: for \d+ s {why}", said, re.MULTILINE), said
    assert "Nothing is lost" in said
    with cluster.worker("other", "--until-drained") as other:
        assert other.process.wait() == 0, other.said


def test_a_worker_waits_for_a_warehouse_that_is_away(cluster: Cluster, log: Path) -> None:
    """Its other agents go on, it says how far the warehouse is behind, and nothing ends it."""
    with Proxy(cluster.warehouse.port) as proxy:
        behind = replace(cluster, warehouse=replace(cluster.warehouse, port=proxy.port))
        with behind.worker("one", OUTREACH_STUCK_SECONDS=PATIENCE) as worker:
            worker.until_it_says(WORKING)
            proxy.refuse()
            assert cluster.outreach("import", log).status == 0
            until(
                lambda: number(worker, "outreach_warehouse_insert_retries_total") >= RETRIES, worker
            )
            found = health(worker)
            lag = found["lag_of_agents"]
            assert found["state"] == "running"
            assert lag["conversations"] == lag["creators"] == lag["campaigns"] == 0
            assert lag["warehouse"] == found["lag"] > 500
            assert found["oldest_unacknowledged_seconds"] > float(PATIENCE)
            proxy.listen()
            until(lambda: health(worker)["lag"] == 0)
            worker.stop()


def test_what_comes_twice_is_counted(cluster: Cluster, log: Path) -> None:
    """Every event that somebody sends again changes nothing, and counts as such."""
    lines = log.read_bytes().splitlines(keepends=True)
    again = cluster.folder / "again.jsonl"
    again.write_bytes(b"".join(reversed(lines)))
    messages = sum(b"send_request" not in line for line in lines)
    with cluster.worker("one") as worker:
        worker.until_it_says(WORKING)
        for file in (log, again):
            assert cluster.outreach("import", file).status == 0
        # In each partition stands a copy of the policy, too.
        until(lambda: number(worker, EVENTS) == 2 * messages + PARTITIONS)
        assert messages <= number(worker, REPEATED) < 2 * messages
        worker.stop()


def test_a_port_that_is_taken_is_named(cluster: Cluster) -> None:
    """Who asks for a port gets it or none; who asks for none gets one."""
    with cluster.worker("one", OUTREACH_MONITORING_PORT="0") as one:
        one.until_it_says(WORKING)
        taken = re.search(r"127\.0\.0\.1:(\d+)/health", one.said)
        assert taken is not None
        refused = cluster.outreach_afresh("worker", OUTREACH_MONITORING_PORT=taken[1])
        assert refused.status == 2
        assert f"port {taken[1]} of 127.0.0.1: another process has it" in refused.said
        until(lambda: health(one)["partitions"] > 0, one)
        one.stop()
