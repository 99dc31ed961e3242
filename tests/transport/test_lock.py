from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.transport.app import create_app, running
from pipeline.transport.sqlite import LogLockedError, SqliteLog

HOLDER = """
import sys
from pathlib import Path
from pipeline.transport.sqlite import SqliteLog
log = SqliteLog.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


def hold(path: Path) -> subprocess.Popen[str]:
    """Start a process that has the log open."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "open\n"
    return holder


def test_a_second_process(tmp_path: Path) -> None:
    """The second process learns which process has the log; after a kill -9 nobody has it."""
    path = tmp_path / "log.db"
    with hold(path) as holder:
        with pytest.raises(LogLockedError) as caught:
            SqliteLog.open(path)
        assert str(path) in str(caught.value)
        assert f"process {holder.pid} (" in str(caught.value)
        assert "stop that process" in str(caught.value)
        holder.kill()
        holder.wait()
        SqliteLog.open(path).close()


async def test_an_app_whose_log_is_in_use(tmp_path: Path) -> None:
    """An app that finds its log in use does not start, and says why."""
    path = tmp_path / "log.db"
    with hold(path) as holder:
        with pytest.raises(LogLockedError, match=f"process {holder.pid} "):
            async with running(create_app("group", f"sqlite:///{path}")):
                pass
        holder.kill()


def test_free_after_closing(tmp_path: Path) -> None:
    """A closed log can be opened by another process."""
    path = tmp_path / "log.db"
    SqliteLog.open(path).close()
    with hold(path) as holder:
        holder.kill()


def test_the_note_of_the_holder(tmp_path: Path) -> None:
    """The lock file names the process that holds the log now, and no earlier one."""
    path = tmp_path / "log.db"
    lock = tmp_path / "log.db.lock"
    lock.write_text("process 1 (something longer than what will stand here now " + "x" * 500)
    with SqliteLog.open(path):
        assert lock.read_text().startswith(f"process {os.getpid()} (")
        assert "x" * 500 not in lock.read_text()


def test_a_process_may_have_arguments_that_are_no_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """File names are bytes, and stand in command lines."""
    monkeypatch.setattr("sys.argv", ["outreach", "run", "log\udcff.jsonl"])
    SqliteLog.open(tmp_path / "log.db").close()
    assert "log\\udcff.jsonl" in (tmp_path / "log.db.lock").read_text(encoding="utf-8")
