"""Read files into a log, with a progress bar."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.cli._bad_lines import BadLines
from pipeline.cli._installation import Installation
from pipeline.cli._progress import reading_bar
from pipeline.events import Milliseconds
from pipeline.importer import Log, Step, import_file
from pipeline.ingest import Source


@dataclass(slots=True)
class Tally:
    """What files have brought so far."""

    events: int = 0
    bad: BadLines = field(default_factory=BadLines)

    def add(self, source: Source, step: Step) -> None:
        """Count a step of this file."""
        self.events += step.events
        rejected = (
            (line.line_number, line.rejection.field, line.rejection.reason)
            for line in step.rejected
        )
        self.bad.add(source.name, len(step.rejected), rejected)


def load_files(
    installation: Installation, log: Log, sources: Sequence[Source], tally: Tally
) -> None:
    """Append one file after the other, and count into `tally` what is durable. Blocks.

    Raises SourceError for the first that cannot be read to its end, and what the log raises.
    """
    sizes = [source.size for source in sources]
    total = sum(size for size in sizes if size is not None) if None not in sizes else None
    done = 0
    with reading_bar(installation.messages, total) as bar:
        for source in sources:
            for step in import_file(log, source, now()):
                tally.add(source, step)
                bar.update(
                    bar.task_ids[0],
                    completed=done + step.bytes_read,
                    description=Path(source.name).name,
                )
            done += source.size or 0


def now() -> Milliseconds:
    """Return the time of day."""
    return Milliseconds(time.time_ns() // 1_000_000)
