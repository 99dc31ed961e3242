"""What every agent does with batches: read their records, and commit what came of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import chain
from typing import TypeVar

import faust

from pipeline.avro import DecodeError
from pipeline.monitoring import Work
from pipeline.outputs import dead_record
from pipeline.state import Changes, StateNotHereError
from pipeline.state.table import StateTable
from pipeline.transport import Batch, Output, StaleBatchError
from pipeline.transport.app import producer_of

Read = TypeVar("Read")


class MisplacedError(Exception):
    """A record can be read, but is not what its topic is for."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_records(
    batches: Iterable[Batch], read: Callable[[str, bytes], Read], work: Work
) -> tuple[list[Read], list[Output]]:
    """Read the values of batches; return what was read, and dead letters for the rest.

    `read` gets the topic and the value, and raises DecodeError or MisplacedError for a value that
    it has no use for. `work`, which the batches belong to, notes these.
    """
    good: list[Read] = []
    dead: list[Output] = []
    for batch in batches:
        topic = batch.topic
        for record in batch.records:
            try:
                good.append(read(topic, record.value or b""))
            except DecodeError as error:
                work.put_aside(error.failure.name.lower())
                dead.append(dead_record(batch, record, error.reason, error.field))
            except MisplacedError as error:
                work.put_aside("misplaced")
                dead.append(dead_record(batch, record, error.reason))
    return good, dead


async def commit(
    app: faust.App,
    work: Work,
    outputs: Sequence[Output],
    *states: tuple[StateTable, Changes],
) -> None:
    """Commit what came of work on batches of one partition, its state with it, in one transaction.

    Where the partition was taken away in the meantime, nothing happens: its next owner has the
    batches now.
    """
    batches = work.batches
    with while_ours():
        records = [
            changes.outputs(table.changelog_topic_name, batches[0].partition)
            for table, changes in states
        ]
        try:
            offsets = await producer_of(app).commit_batches(
                work.agent, batches, [*outputs, *chain.from_iterable(records)]
            )
        except StaleBatchError:
            for _, changes in states:
                changes.dropped()
            work.is_stale(batches)
            return
        reached = len(outputs)
        for (_, changes), own in zip(states, records, strict=True):
            reached += len(own)
            # The disk is another core's work: the other agents go on meanwhile.
            await asyncio.to_thread(changes.write, offsets[reached - 1] if own else None)
            changes.remember()
        work.done()


def while_ours() -> suppress:
    """Leave the block when the partition turns out to be taken away, or the app is stopping.

    Nothing of it is acknowledged then: whoever has the partition next has the batches, too.
    """
    return suppress(StateNotHereError)
