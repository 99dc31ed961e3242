from __future__ import annotations

import asyncio
import re
import tracemalloc
from pathlib import Path
from typing import NamedTuple

from agents import outreach_app
from pipeline.embedded import DataDirectory, Settings, running_system
from pipeline.events import Milliseconds
from pipeline.importer import import_file
from pipeline.ingest import find_sources
from tests.reference.model import Event
from tests.reference.strategies import to_json_line
from tests.system._apart import apart_from_all

SETTINGS = Settings(
    batch_records=200,
    batch_bytes=200_000,
    insert_rows=500,
    insert_seconds=0.2,
    cache_bytes=300_000,
)


class Peak(NamedTuple):
    """The most memory that a process had at once, in bytes."""

    objects: int
    """Python's objects alone, without those that were there before the first event."""
    process: int
    """All of it: the engine, SQLite and code included."""


def strangers(count: int) -> str:
    """Return a log of that many conversations of one touch each, whose state is large: its ids.

    Each campaign has as many: the last week of one is looked at together.
    """
    events = (
        Event(
            type="dm_sent",
            event_id=f"e{number}",
            workspace="default",
            occurred_at=1_767_225_600_000 + number * 60_000,
            campaign_id=f"campaign {number // 500}",
            platform="x",
            account_id=f"account {number % 200}",
            creator_id=f"{number:0>500}",
            message_id=f"{number:0>500}",
            body="Hi",
        )
        for number in range(count)
    )
    return "".join(f"{to_json_line(event)}\n" for event in events)


async def peak_of(data: Path, file: Path) -> Peak:
    """Load a file and process it to the end, and return how much memory that took."""
    async with running_system(DataDirectory(data), outreach_app, SETTINGS) as system:
        tracemalloc.start()
        for source in find_sources([str(file)]):
            await asyncio.to_thread(list, import_file(system.log, source, Milliseconds(0)))
        await system.drained()
        _, objects = tracemalloc.get_traced_memory()
    return Peak(objects, high_water())


def high_water() -> int:
    """Return the most memory that this process had at once, and none that its parent had."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    assert found is not None
    return int(found[1]) * 1024


def test_memory_does_not_grow_with_the_log(tmp_path: Path) -> None:
    """Three times as many conversations need hardly more memory: state is on disk."""
    peaks = []
    # The smaller one already fills all that may be under way at once.
    for count in (5_000, 15_000):
        file = tmp_path / f"{count}.jsonl"
        file.write_text(strangers(count), encoding="utf-8")
        peaks.append(apart_from_all(peak_of, tmp_path / f"data {count}", file))

    small, large = peaks

    assert large.objects < 1.5 * small.objects
    assert large.process < 1.5 * small.process
