"""Processes that end with the one that started them, shown with `sleep`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.kafka._process import BrokerProcess

SLEEPING = ("sh", "-c", "echo up; exec sleep 600")
STARTS_ONE = """
import sys
from pathlib import Path
from tests.deploy.kafka.test_process import started
process = started(Path(sys.argv[1]))
if sys.argv[2] == "paused":
    process.pause()
print(process.pid, flush=True)
input()
"""


@pytest.fixture
def process(tmp_path: Path) -> Iterator[BrokerProcess]:
    """Start a process that does nothing for a long time."""
    process = started(tmp_path / "log")
    yield process
    process.kill()


def started(log: Path) -> BrokerProcess:
    """Start a process that says that it is up, and sleeps; return when it has said so."""
    process = BrokerProcess(SLEEPING, log)
    until(lambda: log.read_text() == "up\n")
    return process


def until(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds that nobody tells of."""
    while not condition():
        time.sleep(0.01)


def state(pid: int) -> str:
    """Return what the process does: S for asleep, T stopped, Z dead; nothing if it is gone."""
    shown = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return shown.stdout[:1]


def test_it_runs_under_its_own_process_id(process: BrokerProcess) -> None:
    """The id is that of the program, and not of a shell around it."""
    until(lambda: name(process.pid) == "sleep")

    assert process.status() is None
    assert not process.ends_within(0)


def test_what_it_prints_is_appended(tmp_path: Path) -> None:
    """The log has the output and errors of all its lives."""
    log = tmp_path / "log"
    for word in ("first", "second"):
        process = BrokerProcess(("sh", "-c", f"echo {word}; echo error >&2; exit 3"), log)
        assert process.ends_within(60)
        assert process.status() == 3

    assert log.read_text() == "first\nerror\nsecond\nerror\n"


@pytest.mark.parametrize("condition", ["running", "paused"])
def test_it_dies_with_its_parent(tmp_path: Path, condition: str) -> None:
    """Also if the parent is killed with -9, and also while it stands still."""
    parent = subprocess.Popen(
        [sys.executable, "-c", STARTS_ONE, str(tmp_path / "log"), condition],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert (state(pid) == "T") == (condition == "paused")
        assert state(pid) in {"S", "R", "T"}
        parent.kill()

    until(lambda: state(pid) in {"", "Z"})


def test_it_is_paused_and_goes_on(process: BrokerProcess) -> None:
    """A second pause changes nothing, one resume ends it, and it can be paused anew."""
    for _ in range(2):
        process.pause()
        process.pause()
        assert state(process.pid) == "T"

        process.resume()
        until(lambda: state(process.pid) == "S")


def test_a_paused_one_can_end(tmp_path: Path) -> None:
    """Asked to end, it goes on and does so."""
    process = started(tmp_path / "log")
    process.pause()

    process.ask_to_end()

    assert process.ends_within(60)
    assert process.status() == -signal.SIGTERM


def test_its_watcher_ends_with_it(tmp_path: Path) -> None:
    """Nothing is left in the session of a process that has ended."""
    process = started(tmp_path / "log")
    session = os.getsid(process.pid)
    assert len(members(session)) == 2

    process.kill()

    assert process.status() == -signal.SIGKILL
    until(lambda: not members(session))


def name(pid: int) -> str:
    """Return the name of the program that the process runs."""
    shown = subprocess.run(
        ["ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return shown.stdout.strip()


def members(session: int) -> list[str]:
    """Return the process ids of a session, those of the dead left out."""
    shown = subprocess.run(
        ["ps", "-o", "pid=,stat=", "-s", str(session)], capture_output=True, text=True, check=False
    )
    return [line for line in shown.stdout.splitlines() if "Z" not in line]
