"""Events as the files that a user loads."""

from __future__ import annotations

import gzip
import random
from collections.abc import Sequence
from pathlib import Path

from tests.reference import model
from tests.reference.strategies import to_json_line


def shuffled(events: Sequence[model.Event], seed: int) -> list[model.Event]:
    """Return events in another order; equal seeds, equal order."""
    return random.Random(seed).sample(events, len(events))


def write_files(folder: Path, events: Sequence[model.Event], pieces: int) -> list[Path]:
    """Write events into files of about equal length, every other one gzipped."""
    folder.mkdir()
    size = -(-len(events) // pieces)
    files = []
    for number in range(pieces):
        some = events[number * size : (number + 1) * size]
        content = "".join(f"{to_json_line(event)}\n" for event in some).encode()
        packed = number % 2 == 1
        files.append(folder / f"{number}.jsonl{'.gz' if packed else ''}")
        files[-1].write_bytes(gzip.compress(content) if packed else content)
    return files
