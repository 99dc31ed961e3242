"""What every agent does with a batch: read its records, and commit what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import faust

from pipeline.avro import DecodeError
from pipeline.outputs import dead_record
from pipeline.state import Changes
from pipeline.state.table import StateTable
from pipeline.transport import Batch, Output, Record, StaleBatchError
from pipeline.transport.app import producer_of

Read = TypeVar("Read")


def read_records(
    batch: Batch, read: Callable[[bytes], Read]
) -> tuple[list[tuple[Record, Read]], list[Output]]:
    """Read the values of a batch; give those that cannot be read as dead letters.

    `read` raises DecodeError for bytes that it cannot read.
    """
    good: list[tuple[Record, Read]] = []
    dead: list[Output] = []
    for record in batch.records:
        try:
            good.append((record, read(record.value or b"")))
        except DecodeError as error:
            dead.append(dead_record(batch, record, error.reason, error.field))
    return good, dead


async def commit(
    app: faust.App,
    agent: str,
    batch: Batch,
    outputs: Sequence[Output],
    state: tuple[StateTable, Changes] | None = None,
) -> None:
    """Commit what came of a batch, its state with it, in one transaction.

    Where the partition was taken away in the meantime, nothing happens: its next owner has the
    batch now.
    """
    records: list[Output] = []
    if state is not None:
        table, changes = state
        records = changes.outputs(table.changelog_topic_name, batch.partition)
    try:
        offsets = await producer_of(app).commit_batches(agent, [batch], [*outputs, *records])
    except StaleBatchError:
        if state is not None:
            changes.dropped()
        return
    if state is not None:
        changes.applied(offsets[-1] if records else None)
