from __future__ import annotations

import asyncio
import json
import threading
from pathlib import Path
from urllib.request import urlopen

import faust
import pytest

from pipeline.transport import Batch
from pipeline.transport.app import consumer_of, producer_of
from tests.monitoring._apps import RECORDS, app_on, get, log_with_records, watched

PATIENCE = 1.5
LONG = 600.0


class Ended:
    """Takes the place of the end of the process."""

    def __init__(self) -> None:
        self.happened = threading.Event()
        self.why: list[str] = []

    def __call__(self, why: str) -> None:
        """Note why it should end."""
        self.why.append(why)
        self.happened.set()


async def hang(_app: faust.App, _batch: Batch) -> None:
    """Never get on."""
    await asyncio.Event().wait()


async def acknowledge(app: faust.App, batch: Batch) -> None:
    """Do nothing else."""
    await producer_of(app).commit_batches("listener", [batch], [])


async def test_an_agent_that_hangs_is_told_of_once(tmp_path: Path) -> None:
    """With the agent, its partition and its records; health says the same, with 503."""
    ended = Ended()
    app = app_on(log_with_records(tmp_path), hang)
    async with watched(app, PATIENCE, ended) as (_, url):
        await asyncio.to_thread(ended.happened.wait)
        status, text = await get(f"{url}/health")
        _, metrics = await get(f"{url}/metrics")

    (why,) = ended.why
    assert why.endswith(f"agent listener acknowledges none of its {RECORDS} records of said/0")
    health = json.loads(text)
    assert (status, health["state"], len(health["reasons"])) == (503, "stuck", 1)
    assert 'outreach_state{state="stuck"} 1.0' in metrics
    assert f'outreach_records_in_flight{{agent="listener"}} {RECORDS}.0' in metrics


async def test_a_loop_that_stands_is_told_of(tmp_path: Path) -> None:
    """The thread that looks is another one, and still answers whoever asks for its health."""
    ended = Ended()
    answers: list[bytes] = []
    app = app_on(log_with_records(tmp_path), acknowledge)
    async with watched(app, PATIENCE, ended) as (_, url):
        asked = threading.Thread(target=lambda: answers.append(urlopen(f"{url}/metrics").read()))
        ended.happened.wait()
        asked.start()
        asked.join()

    assert ended.why[0].endswith("the event loop does not turn")
    assert b'outreach_state{state="stuck"} 1.0' in answers[0]


async def test_a_system_that_does_its_work_is_well(tmp_path: Path) -> None:
    """It says how much is left, and nobody ends it."""
    ended = Ended()
    app = app_on(log_with_records(tmp_path), acknowledge)
    async with watched(app, LONG, ended) as (_, url):
        await consumer_of(app).drained()
        while '"running"' not in (health := await get(f"{url}/health"))[1]:
            pass
        assert health[0] == 200
        assert json.loads(health[1]) == {
            "state": "running",
            "reasons": [],
            "lag": 0,
            "lag_of_agents": {"listener": 0},
            "oldest_unacknowledged_seconds": None,
            "partitions": 1,
        }
        assert (await get(f"{url}/nothing"))[0] == 404
    assert ended.why == []


async def test_a_slow_agent_that_says_so_is_left_alone(tmp_path: Path) -> None:
    """What it has said that it takes outlasts the patience of the watchdog."""
    ended = Ended()
    app = app_on(log_with_records(tmp_path), hang)
    async with watched(app, PATIENCE, ended) as (monitor, url):
        with monitor.signs.busy("listener", LONG):
            waited = 0.0
            while waited < 2 * PATIENCE:
                health = json.loads((await get(f"{url}/health"))[1])
                waited = health["oldest_unacknowledged_seconds"] or 0.0
            assert (health["state"], ended.why) == ("running", [])
        await asyncio.to_thread(ended.happened.wait)
    assert len(ended.why) == 1


async def test_nothing_is_left_of_it(tmp_path: Path) -> None:
    """The thread has ended and the port is free, also where the block raised."""
    app = app_on(log_with_records(tmp_path), acknowledge)
    with pytest.raises(ConnectionError, match="enough"):
        async with watched(app, LONG, Ended()) as (_, url):
            raise ConnectionError("enough")
    assert not any(thread.name == "supervisor" for thread in threading.enumerate())
    with pytest.raises(OSError, match="Cannot connect"):
        await get(f"{url}/health")
