"""Embedded systems that hold the sample log: one that nobody has open, and one that is served.

Each engine is in a process of its own: a process can have one directory open at a time, and other
tests of the same run have theirs.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.embedded import DataDirectory
from pipeline.warehouse import Address
from tests.report._sample_log import sample_log
from tests.system.outreach import outreach

_SERVE = """
import sys
from pathlib import Path
from pipeline.embedded import DataDirectory, open_warehouse

with open_warehouse(DataDirectory(Path(sys.argv[1]))):
    print("ready", flush=True)
    sys.stdin.read()
"""


def loaded_system(factory: pytest.TempPathFactory) -> Path:
    """Return a folder that nobody has open, the same one for all tests of the process."""
    base = factory.getbasetemp() / "sample-system"
    folder = base / "data"
    if not base.exists():
        base.mkdir()
        log = base / "log.jsonl"
        log.write_text(sample_log())
        done = outreach("run", log, "--data", folder)
        assert done.status == 1, done.messages  # two lines are bad
    return folder


def copy_of(folder: Path, target: Path) -> Path:
    """Return a copy of a folder that nobody has open."""
    shutil.copytree(folder, target, symlinks=True)
    return target


@contextmanager
def serving(folder: Path) -> Iterator[Address]:
    """Serve the warehouse of a folder from another process while the block runs."""
    command = [sys.executable, "-c", _SERVE, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == b"ready\n"
            endpoint = DataDirectory(folder).endpoint()
            assert endpoint is not None
            yield Address("127.0.0.1", endpoint.warehouse_port, "default", endpoint.secret)
        finally:
            process.stdin.close()
            process.wait()
