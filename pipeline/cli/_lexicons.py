"""What workspaces judge messages by, as commands are given it."""

from __future__ import annotations

from pathlib import Path

from pipeline.judging import NO_LEXICONS, Lexicons, read_lexicons


def lexicons_in(folder: Path | None) -> Lexicons:
    """Return the lexicons in a folder; none without one. Blocks. Raises AdditionsError."""
    return NO_LEXICONS if folder is None else read_lexicons(folder)
