"""What a process notes of its agents' work, so that it can be told after the process was killed."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

import msgspec

from pipeline.transport import Batch

RecordId = tuple[str, int, int]
"""Topic, partition and offset."""
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_APPEND


class Moment(StrEnum):
    """A moment in the life of a batch."""

    HANDED_OUT = "handed out"
    """An agent has just got it."""
    DOOMED = "doomed"
    """Its commit is the one in which the process dies, or stands still."""
    ACKNOWLEDGED = "acknowledged"
    """It is committed."""


class Note(msgspec.Struct, frozen=True, array_like=True):
    """A batch at one moment of its life."""

    moment: Moment
    topic: str
    partition: int
    offsets: list[int]
    """Of all its records."""


class NoteBook:
    """Appends notes to a file, each with one call of the system: a kill takes none back."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, _CREATE, 0o600)

    def note(self, moment: Moment, batches: Iterable[Batch]) -> None:
        """Note that these batches have come to this moment."""
        for batch in batches:
            offsets = [record.offset for record in batch.records]
            note = Note(moment, batch.topic, batch.partition, offsets)
            os.write(self._file, msgspec.json.encode(note) + b"\n")


class NotesOf:
    """Reads the notes of one process while it writes them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_to = 0
        self.acknowledged: set[RecordId] = set()
        """What its agents have committed. The last of it may be missing after a kill or a stop."""
        self.doomed: set[RecordId] = set()
        """What it was about to commit when it died or stood still."""
        self.handed_out: Counter[RecordId] = Counter()
        """How often its agents got each record."""

    def look(self) -> None:
        """Read what has come since."""
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            file.seek(self._read_to)
            *lines, broken_off = file.read().split(b"\n")
            self._read_to = file.tell() - len(broken_off)
        for line in lines:
            note = msgspec.json.decode(line, type=Note)
            records = [(note.topic, note.partition, offset) for offset in note.offsets]
            match note.moment:
                case Moment.ACKNOWLEDGED:
                    self.acknowledged.update(records)
                case Moment.DOOMED:
                    self.doomed.update(records)
                case Moment.HANDED_OUT:
                    self.handed_out.update(records)


def delivered_twice(notes: Iterable[NotesOf]) -> int:
    """Return how many deliveries of records were not the first."""
    together: Counter[RecordId] = Counter()
    for some in notes:
        together += some.handed_out
    return together.total() - len(together)
