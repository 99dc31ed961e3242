"""Small notes beside the log: how far a file is imported, which policy was loaded last.

On Kafka they are records of a compacted topic, written in the transaction of what they are about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.cluster._plan import NOTES
from pipeline.cluster._reader import Reader
from pipeline.transport import Output
from pipeline.transport.sqlite import Transaction


def position_name(group: str, topic: str, partition: int) -> str:
    """Return the name of the note of a position."""
    return f"position:{group}:{topic}:{partition}"


def notes_of(transaction: Transaction) -> dict[str, bytes | None]:
    """Return what a transaction notes, positions among it; None takes a note away."""
    positions = {
        position_name(group, topic, partition): str(offset).encode()
        for group, topic, partition, offset in transaction.positions
    }
    return {**transaction.meta, **positions}


def note_outputs(notes: Mapping[str, bytes | None]) -> Iterator[Output]:
    """Yield the records of notes."""
    for name, value in notes.items():
        yield Output(NOTES, name.encode(), value, 0)


async def read_notes(reader: Reader) -> dict[str, bytes]:
    """Return every note. Raises aiokafka's errors."""
    notes: dict[str, bytes] = {}
    offset = await reader.start_offset(NOTES, 0)
    while records := await reader.read(NOTES, 0, offset):
        for record in records:
            assert record.key is not None, "who writes notes names them"
            name = record.key.decode()
            if record.value is None:
                notes.pop(name, None)
            else:
                notes[name] = record.value
        offset = records[-1].offset + 1
    return notes
