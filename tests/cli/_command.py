"""Run `outreach`: in a process of its own, as people do, or in others, which is faster."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from agents import outreach_app
from pipeline.cli._installation import Installation
from pipeline.cli._main import command_line
from pipeline.embedded import DataDirectory
from tests.system._in_turn import in_turn


@dataclass(frozen=True)
class Outcome:
    """What became of a command."""

    status: int
    output: bytes
    errors: str

    @property
    def text(self) -> str:
        """Return what it printed."""
        return self.output.decode()

    @property
    def complaint(self) -> str:
        """Return what it said went wrong, however it was broken into lines."""
        return " ".join(self.errors.split())


def outreach(*arguments: str | Path, given: str = "") -> Outcome:
    """Run a command to its end, with `given` as its standard input, where others ran before it."""
    done = in_turn(arguments, given.encode(), os.environ)
    return Outcome(done.status, done.output, done.errors.decode())


def outreach_afresh(*arguments: str | Path, given: str = "") -> Outcome:
    """Do so in a process of its own, as a shell does."""
    done = subprocess.run(
        [sys.executable, "-m", "agents", *map(str, arguments)],
        input=given.encode(),
        capture_output=True,
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr.decode())


def server_of(folder: Path) -> dict[str, str]:
    """Return the settings with which a served folder looks like a server in the environment."""
    endpoint = DataDirectory(folder).endpoint()
    assert endpoint is not None
    return {
        "OUTREACH_CLICKHOUSE_HOST": "127.0.0.1",
        "OUTREACH_CLICKHOUSE_PORT": str(endpoint.warehouse_port),
        "OUTREACH_CLICKHOUSE_PASSWORD": endpoint.secret,
    }


def outreach_here(*arguments: str | Path) -> Outcome:
    """Run a command in this process, for those that need no engine in it."""
    installation = Installation(outreach_app)
    done = CliRunner().invoke(command_line(), [str(one) for one in arguments], obj=installation)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Outcome(done.exit_code, done.stdout_bytes, done.stderr)
