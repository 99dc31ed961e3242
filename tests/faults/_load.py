"""What is loaded into a system."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class Load(NamedTuple):
    """A log, the policy it is judged by, and how much of it agents take at once."""

    pieces: list[Path]
    """The log, in files, in their order."""
    policy: Path
    batch_records: int
    insert_rows: int
