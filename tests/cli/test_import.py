from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli._command import Outcome, outreach, outreach_afresh
from tests.ingest.samples import TOUCH
from tests.report._systems import serving
from tests.web._up import Up, up


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """Run a system that is empty at first; each test adds to a workspace of its own."""
    with up(tmp_path_factory.mktemp("running") / "data") as system:
        yield system


def _lines(workspace: str, count: int) -> bytes:
    """Write touches to as many creators."""
    events = (
        TOUCH | {"workspace": workspace, "event_id": f"e{number}", "message_id": f"m{number}"}
        for number in range(count)
    )
    return b"".join(json.dumps(event).encode() + b"\n" for event in events)


def _touches(running: Up, workspace: str) -> int:
    found: int = running.report(f"?workspace={workspace}")["headline"]["touches"]
    return found


def _said(outcome: Outcome) -> str:
    """Return its messages with all line breaks made spaces."""
    return " ".join(outcome.errors.split())


def test_loads_files_into_the_system_that_runs(running: Up, tmp_path: Path) -> None:
    """Plain and gzipped files, and those of a folder, come in together."""
    (tmp_path / "below").mkdir()
    (tmp_path / "plain.jsonl").write_bytes(_lines("files-1", 3))
    (tmp_path / "below" / "packed.jsonl.gz").write_bytes(gzip.compress(_lines("files-2", 2_500)))
    done = outreach_afresh(
        "import", tmp_path / "plain.jsonl", tmp_path / "below", "--data", running.folder
    )
    assert (done.status, done.output) == (0, b"")
    assert done.errors == "Took in 2,503 events; the new ones are processed now.\n"
    running.until(lambda: _touches(running, "files-1") == 3)
    running.until(lambda: _touches(running, "files-2") == 2_500)


def test_loads_standard_input(running: Up) -> None:
    """A dash stands for what is piped in."""
    given = _lines("piped", 4).decode()
    assert outreach_afresh("import", "-", "--data", running.folder, given=given).status == 0
    running.until(lambda: _touches(running, "piped") == 4)


def test_names_bad_lines_as_run_does(running: Up, tmp_path: Path) -> None:
    """Bad lines are named by file, line and field, and end it with status 1; the good ones count.

    `outreach run` prints the same lines about the same file.
    """
    log = tmp_path / "mixed.jsonl"
    log.write_bytes(b"no JSON\n" + _lines("bad", 1) + b'{"type": "reply"}\n')
    done = outreach("import", log, "--data", running.folder)
    loaded = outreach("run", log, "--data", tmp_path / "data")
    assert (done.status, loaded.status) == (1, 1)
    assert f"{log}:1: is no JSON" in done.errors
    assert f"{log}:3: event_id is missing" in done.errors
    assert "2 bad lines are in the dead letters" in done.errors
    assert done.errors.splitlines()[1:] == loaded.errors.splitlines()[1:]
    running.until(lambda: _touches(running, "bad") == 1)


def test_names_the_first_ten_of_very_many_bad_lines(running: Up, tmp_path: Path) -> None:
    """A file of nothing but mistakes does not flood the screen."""
    log = tmp_path / "bad.jsonl"
    log.write_bytes(b"bad\n" * 300)
    done = outreach("import", log, log, tmp_path, "--data", running.folder)
    assert done.status == 1
    assert done.errors.count("is no JSON") == 10
    assert "300 bad lines" in done.errors


def test_file_that_is_cut_off_is_told(running: Up, tmp_path: Path) -> None:
    """A damaged file ends it with status 2; what stood before the damage has come in."""
    log = tmp_path / "cut.jsonl.gz"
    packed = gzip.compress(_lines("cut", 5_000))
    log.write_bytes(packed[:-100])
    done = outreach("import", log, "--data", running.folder)
    assert done.status == 2
    assert "Took in 4,000 events" in done.errors
    assert f"{log}: damaged or cut off" in done.errors.replace("\n", "")
    running.until(lambda: _touches(running, "cut") == 4_000)


def test_says_when_nothing_runs(tmp_path: Path) -> None:
    """Without a system that runs, it names the two commands that help, and makes nothing."""
    log = tmp_path / "log.jsonl"
    log.write_bytes(_lines("nobody", 1))
    done = outreach("import", log, "--data", tmp_path / "data")
    assert done.status == 2
    assert f"Nothing runs on {tmp_path / 'data'}" in _said(done)
    assert "`outreach up --data DIR`" in _said(done)
    assert "`outreach run FILE... --data DIR`" in _said(done)
    assert not (tmp_path / "data").exists()


def test_says_when_nothing_runs_any_more(tmp_path: Path) -> None:
    """What a process that was killed left behind is not taken for one that runs."""
    log = tmp_path / "log.jsonl"
    log.write_bytes(_lines("killed", 1))
    with up(tmp_path / "data") as system:
        system.process.kill()
        system.process.communicate()
    assert (tmp_path / "data" / "endpoint.json").exists()
    done = outreach("import", log, "--data", tmp_path / "data")
    assert (done.status, "Nothing runs on" in done.errors) == (2, True)


def test_says_when_the_folder_is_open_in_something_else(tmp_path: Path) -> None:
    """A process that serves no HTTP, such as a run, is named with what it is."""
    log = tmp_path / "log.jsonl"
    log.write_bytes(_lines("other", 1))
    with serving(tmp_path / "data"):
        done = outreach("import", log, "--data", tmp_path / "data")
    assert done.status == 2
    assert "which takes no files" in _said(done)


def test_names_files_that_are_missing(running: Up, tmp_path: Path) -> None:
    """A file that is not there is named before anything is sent."""
    done = outreach("import", tmp_path / "none.jsonl", "--data", running.folder)
    assert done.status == 2
    assert "there is no such file" in _said(done)


def test_says_when_the_system_goes_away(tmp_path: Path) -> None:
    """When the system is killed in the middle, that is told, and sending again is safe."""
    lines = _lines("away", 2_100)
    with up(tmp_path / "data") as system:
        sending = subprocess.Popen(
            [sys.executable, "-m", "agents", "import", "-", "--data", tmp_path / "data"],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        with sending:
            assert sending.stdin is not None
            sending.stdin.write(lines)
            sending.stdin.flush()
            system.until(lambda: _touches(system, "away") == 2_000)
            system.process.kill()
            system.process.communicate()
            _, errors = sending.communicate()
        assert sending.returncode == 2
        assert "broke off" in " ".join(errors.decode().split())
    with up(tmp_path / "data") as system:
        again = outreach("import", "-", "--data", tmp_path / "data", given=lines.decode())
        assert again.status == 0
        system.until(lambda: _touches(system, "away") == 2_100)
