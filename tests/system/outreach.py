"""The command `outreach` as a user starts it, and what it left in the warehouse."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.embedded import DataDirectory, open_warehouse
from tests.aside import aside
from tests.system._in_turn import in_turn
from tests.warehouse.views import read_view, view_names

Row = dict[str, Any]
Views = dict[str, list[Row]]


@dataclass(frozen=True)
class Ended:
    """A command that has ended."""

    status: int
    output: str
    messages: str
    """What it wrote to standard error."""

    @property
    def said(self) -> str:
        """Its messages with all line breaks made spaces."""
        return " ".join(self.messages.split())


def command(*arguments: str | Path) -> list[str]:
    """Return the words that start `outreach` with these arguments."""
    return [sys.executable, "-W", "error", "-m", "agents", *map(str, arguments)]


def outreach(
    *arguments: str | Path, given: bytes = b"", environment: Mapping[str, str] = os.environ
) -> Ended:
    """Run a command to its end; `given` is its standard input."""
    done = in_turn(arguments, given, environment)
    return Ended(done.status, done.output.decode(), done.errors.decode())


def outreach_afresh(
    *arguments: str | Path, given: bytes = b"", environment: Mapping[str, str] = os.environ
) -> Ended:
    """Do so in a process of its own, as a shell does."""
    ended = subprocess.run(
        command(*arguments), input=given, env=environment, capture_output=True, check=False
    )
    return Ended(ended.returncode, ended.stdout.decode(), ended.stderr.decode())


def ended_within(seconds: float, *arguments: str | Path) -> bool:
    """Run a command, and kill it with SIGKILL after that time; return whether it ended before.

    Holds that it ended well, or found no worse than bad lines or other rows than before.
    """
    words = command(*arguments)
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        try:
            _, messages = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return False
    assert process.returncode in {0, 1}, messages.decode()
    return True


def run(data: Path, *files: Path, policy: Path | None = None) -> Ended:
    """Load files into a data directory, process them to the end, and hold that all went well."""
    options: list[str | Path] = [] if policy is None else ["--policy", policy]
    ended = outreach("run", *files, "--data", data, *options)
    assert ended.status == 0, ended.messages
    return ended


def views_of(data: Path) -> Views:
    """Return every row of every view, sorted, moments in milliseconds; nobody may have it open."""
    return {view: in_order(rows) for view, rows in aside(_views_in, data).items()}


def _views_in(data: Path) -> Views:
    with open_warehouse(DataDirectory(data)) as address, address.connect() as client:
        views = view_names(client, address.database)
        return {view: read_view(client, address.database, view) for view in views}


def in_order(rows: Sequence[Row]) -> list[Row]:
    """Return rows in an order that hangs on the rows alone."""
    return sorted(rows, key=lambda row: repr(sorted(row.items())))
