"""Progress bars of long work, on standard error; where that is no terminal there are none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)


@contextmanager
def reading_bar(console: Console, total: int | None) -> Iterator[Progress]:
    """Show how many bytes are read while the block runs; `total` None: nobody knows of how many."""
    bar = Progress(
        SpinnerColumn(),
        TextColumn("Reading   "),
        BarColumn(),
        DownloadColumn(),
        TaskProgressColumn(),
        TextColumn("{task.description}"),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        bar.add_task("", total=total)
        yield bar


@contextmanager
def processing_bar(console: Console, total: int) -> Iterator[Progress]:
    """Show how many records are processed while the block runs."""
    bar = Progress(
        SpinnerColumn(),
        TextColumn("Processing"),
        BarColumn(),
        MofNCompleteColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        bar.add_task("", total=total)
        yield bar
