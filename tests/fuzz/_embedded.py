"""The embedded system, given all of it."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import Coroutine, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from agents import outreach_app
from pipeline.embedded import DataDirectory, Settings, running_system
from pipeline.frames import read_frames, write_frame
from pipeline.topics import Topic
from pipeline.transport import Output
from pipeline.transport.sqlite import SqliteLog, Transaction
from tests.fuzz._account import Letter, Place, letter_in
from tests.fuzz._plan import Sent
from tests.system._apart import apart_from_all
from tests.system.test_memory import high_water

_AT_ONCE = 500
_PATIENCE_SECONDS = 1_800
"""Then it hangs."""

_encode = msgspec.msgpack.encode
_decode = msgspec.msgpack.Decoder(list[Output]).decode


class Ran(NamedTuple):
    """What came of it."""

    offsets: list[int]
    """Of each record, in the order in which they were sent."""
    letters: list[Letter]
    """All records of the dead letters' topic, but for those that are no letters."""
    peak: int
    """The most memory that the process had at once, in bytes;"""
    writing_peak: int
    """and the process that writes to the warehouse."""


def run_embedded(folder: Path, sent: Sequence[Sent]) -> Ran:
    """Send records to a new system in a process of its own, until it has processed them all."""
    outputs = folder / "outputs"
    with outputs.open("wb") as file:
        for start in range(0, len(sent), _AT_ONCE):
            write_frame(file, _encode([each.output for each in sent[start : start + _AT_ONCE]]))
    return apart_from_all(_story, folder / "data", outputs)


async def _story(data: Path, file: Path) -> Ran:
    offsets: list[int] = []
    settings = Settings(insert_seconds=0.2)
    async with (
        asyncio.timeout(_PATIENCE_SECONDS),
        running_system(DataDirectory(data), outreach_app, settings) as system,
    ):
        with file.open("rb") as frames:
            for frame in read_frames(frames):
                offsets += await system.log.write(Transaction(outputs=_decode(frame)))
        await _first_of(system.drained(), system.stopped())
        letters = await asyncio.to_thread(lambda: [*_letters(system.log)])
    writing = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    return Ran(offsets, letters, high_water(), writing)


async def _first_of(*waits: Coroutine[None, None, None]) -> None:
    """Wait until all is processed, or an agent failed: then leaving the system raises why."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    done, others = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in others:
        task.cancel()
    for task in done:
        task.result()


def _letters(log: SqliteLog) -> Iterator[Letter]:
    topic = Topic.DEAD_LETTERS
    for partition in range(log.partition_count(topic)):
        offset = log.start_offset(topic, partition)
        while records := log.read(topic, partition, offset):
            offset = records[-1].offset + 1
            for record in records:
                place = Place(topic, partition, record.offset)
                letter = letter_in(place, record.value or b"")
                if letter is not None:
                    yield letter
