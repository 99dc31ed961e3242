"""What survives the end of a process."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from tests.contract._apps import DEADLINE_SECONDS, numbered
from tests.contract._broker import Broker

_WORKER = Path(__file__).with_name("copying_worker.py")
_PARTITIONS = 2
_RECORDS = 6_000


class CrashingContract:
    """Bind with a fixture `broker`."""

    async def test_kill_9(self, broker: Broker) -> None:
        """Killed at any moment: what was acknowledged is there, each output once, nothing half."""
        for topic in ("in", "out"):
            await broker.create_topic(topic, _PARTITIONS)
        for number in range(_PARTITIONS):
            await broker.append(numbered("in", range(_RECORDS), number))
        url = broker.url(batch_records=50)
        acknowledged = dict.fromkeys(range(_PARTITIONS), 0)
        for commits in (1, 40, 77, None):
            acknowledged |= await _work(url, commits)
            await broker.after_kill("group", "copy", _PARTITIONS)
            for number in range(_PARTITIONS):
                position = await broker.position("group", "in", number) or 0
                assert position >= acknowledged[number]
                copied = [record.value for record in await broker.read("out", number)]
                assert copied == [b"%d" % n for n in range(position)]
        assert acknowledged == dict.fromkeys(range(_PARTITIONS), _RECORDS)


async def _work(url: str, commits: int | None) -> dict[int, int]:
    """Run a worker and kill it after so many commits; return what it has said by partition."""
    worker = await asyncio.create_subprocess_exec(
        sys.executable, str(_WORKER), url, stdout=asyncio.subprocess.PIPE
    )
    assert worker.stdout is not None
    said: dict[int, int] = {}
    count = 0
    async with asyncio.timeout(DEADLINE_SECONDS):
        async for line in worker.stdout:
            partition, offset = map(int, line.split())
            said[partition] = offset
            count += 1
            if count == commits:
                worker.kill()
        await worker.wait()
    assert (worker.returncode == 0) is (commits is None)
    return said
