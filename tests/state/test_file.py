from __future__ import annotations

import gc
import logging
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.state import PartitionStore, StateInUseError

OpenStore = Callable[..., PartitionStore]

KEY = 'c["default","instagram","northfold","creator-1"]'


def test_a_file_that_is_no_database_is_set_aside(
    open_store: OpenStore, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Foreign bytes are kept under another name, an empty store replaces them, and it is logged."""
    path = tmp_path / "a.db"
    path.write_bytes(b"no database" * 100)
    with caplog.at_level(logging.WARNING):
        store = open_store(path)
    assert store.offset is None
    assert (tmp_path / "a.db.unusable").read_bytes() == b"no database" * 100
    assert "rebuilt from its changelog" in caplog.text


def test_the_database_of_another_program_is_set_aside(
    open_store: OpenStore, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A SQLite file that is not ours is kept as it was under another name."""
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as foreign:
        foreign.execute("CREATE TABLE entry (key, value)")
    foreign.close()
    before = path.read_bytes()
    assert open_store(path).offset is None
    assert (tmp_path / "a.db.unusable").read_bytes() == before
    assert "made by another program" in caplog.text


def test_the_file_of_another_table_is_set_aside(
    open_store: OpenStore, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A file that was copied from another table is not taken for this one."""
    path = tmp_path / "a.db"
    store = open_store(path, name="creators")
    store.apply({KEY: b"theirs"}, 9)
    store.close()
    assert open_store(path).get(KEY) is None
    assert "it belongs to [('creators', 3)]" in caplog.text


def test_the_file_of_another_layout_is_set_aside(
    open_store: OpenStore, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A file of a program that laid out its tables otherwise is rebuilt."""
    path = tmp_path / "a.db"
    open_store(path).close()
    with sqlite3.connect(path) as later:
        later.execute("PRAGMA user_version = 99")
    later.close()
    assert open_store(path).offset is None
    assert "layout 99" in caplog.text


def test_a_damaged_file_is_set_aside(
    open_store: OpenStore, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Pages that were overwritten are noticed on opening."""
    path = tmp_path / "a.db"
    store = open_store(path)
    store.apply({f"c{number}": b"value" * 40 for number in range(1000)}, 9)
    store.close()
    content = bytearray(path.read_bytes())
    content[8192 : 8192 + 4096] = b"\xff" * 4096
    path.write_bytes(content)
    assert open_store(path).offset is None
    assert "is unusable" in caplog.text


def test_two_processes_cannot_share_a_file(store: PartitionStore) -> None:
    """A second process is told to take another directory, and the file is left alone."""
    store.apply({KEY: b"one"}, 1)
    code = (
        "import sys; from pathlib import Path; from pipeline.state import _file;"
        "_file.LOCK_SECONDS = 0.01; _file.open_file(Path(sys.argv[1]), 'conversations', 3)"
    )
    other = subprocess.run(
        [sys.executable, "-c", code, store.path], check=False, capture_output=True, text=True
    )
    assert StateInUseError.__name__ in other.stderr
    assert "a state directory of its own" in other.stderr
    assert store.get(KEY) == b"one"


def test_opening_that_fails_leaves_no_connection(tmp_path: Path) -> None:
    """A path that cannot be opened raises SQLite's own error, and nothing stays open."""
    (tmp_path / "a.db").mkdir()
    with pytest.raises(sqlite3.OperationalError):
        PartitionStore(tmp_path / "a.db", "conversations", 3)
    gc.collect()
