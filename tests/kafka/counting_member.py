"""A member of a group, as a process of its own: counts the keys of a topic, and says how far it is.

    python counting_member.py URL GROUP FOLDER [POINT COMMITS]

For each record of `GROUP-in` it writes, to the same partition of `GROUP-out`, how often its key has
come. It prints `assigned` with each assignment; after each commit the partition and the offset
acknowledged up to; where a commit is refused, `stale`. At the point, in its so many-th commit, it
kills itself, or with `stopped` halts.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
from aiokafka import AIOKafkaProducer  # type: ignore[import-untyped]  # it ships no types
from faust.types import StreamT

from pipeline.state import Cache, Kind
from pipeline.state.table import state_table
from pipeline.transport import Batch, Output, StaleBatchError
from pipeline.transport.app import batch_topic, create_app, producer_of, running

PARTITIONS = 4


class Count(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """How often a key came."""

    times: int


COUNT = Kind("c", Count)


async def main(url: str, group: str, folder: Path, point: str, commits: int) -> None:
    """Count until stopped."""
    app = create_app(group, url, topic_partitions=PARTITIONS)
    table = state_table(app, "counts", folder / "state", Cache())
    _arm(point, commits)

    async def count(stream: StreamT[Batch]) -> None:
        async for batch in stream:
            changes = table.changes(batch.partition)
            outputs = []
            for record in batch.records:
                key = (record.key or b"").decode()
                times = (changes.get(COUNT, key) or Count(0)).times + 1
                changes.put(COUNT, key, Count(times))
                outputs.append(Output(f"{group}-out", record.key, b"%d" % times, batch.partition))
            outputs += changes.outputs(table.changelog_topic_name, batch.partition)
            try:
                offsets = await producer_of(app).commit_batches("count", [batch], outputs)
            except StaleBatchError:
                changes.dropped()
                _say("stale")
                continue
            changes.applied(offsets[-1])
            _say(f"{batch.partition} {batch.next_offset}")

    async def tell(*_arguments: object, **_options: object) -> None:
        _say("assigned")

    app.on_partitions_assigned.connect(tell)
    app.agent(batch_topic(app, f"{group}-in"), name="count")(count)
    async with running(app):
        await app.wait_until_stopped()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _arm(point: str, commits: int) -> None:
    """Have aiokafka's producer strike before, within or after its so many-th transaction."""
    match point:
        case "before":
            _strike_in("begin_transaction", commits, signal.SIGKILL)
        case "within":
            _strike_in("commit_transaction", commits, signal.SIGKILL)
        case "after":
            _strike_in("commit_transaction", commits, signal.SIGKILL, after=True)
        case "stopped":
            _strike_in("begin_transaction", commits, signal.SIGSTOP)


def _strike_in(method: str, calls: int, strike: signal.Signals, *, after: bool = False) -> None:
    original: Callable[[AIOKafkaProducer], Awaitable[None]] = getattr(AIOKafkaProducer, method)
    count = 0

    async def struck(producer: AIOKafkaProducer) -> None:
        nonlocal count
        count += 1
        now = count == calls
        if now and not after:
            os.kill(os.getpid(), strike)
        await original(producer)
        if now and after:
            os.kill(os.getpid(), strike)

    setattr(AIOKafkaProducer, method, struck)


if __name__ == "__main__":
    _url, _group, _folder, *_rest = sys.argv[1:]
    _point, _commits = _rest or ("", "0")
    Path(_folder).mkdir(exist_ok=True)
    asyncio.run(main(_url, _group, Path(_folder), _point, int(_commits)))
