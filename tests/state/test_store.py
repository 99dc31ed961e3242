from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.state import (
    ConflictingChangesError,
    PartitionStore,
    StateDamagedError,
    StateInDoubtError,
    StateNotHereError,
)
from pipeline.state._store import SCAN_PAGE, _successor

OpenStore = Callable[..., PartitionStore]

KEY = 'c["default","instagram","northfold","creator-1"]'


def test_a_new_store_is_empty(store: PartitionStore) -> None:
    """A store that was never written has no keys and stands at no offset."""
    assert store.get(KEY) is None
    assert store.offset is None
    assert list(store.scan("")) == []


def test_values_and_offset_survive_closing(open_store: OpenStore, tmp_path: Path) -> None:
    """What was applied is there when the file is opened again, with its offset and time."""
    path = tmp_path / "a.db"
    store = open_store(path, clock=lambda: 1234.5)
    store.apply({KEY: b"one", "x": b"gone"}, 4)
    store.apply({"x": None}, 7)
    store.close()

    again = open_store(path)

    assert list(again.scan("")) == [(KEY, b"one")]
    assert (again.offset, again.changed_at) == (7, 1234.5)


def test_no_offset_leaves_the_offset(store: PartitionStore) -> None:
    """Changes without an offset of their own keep the one that is stored."""
    store.apply({KEY: b"one"}, 4)
    store.apply({KEY: b"two"}, None)
    assert (store.get(KEY), store.offset) == (b"two", 4)


def test_the_offset_never_goes_back(store: PartitionStore) -> None:
    """Changes from before the stored offset are refused, and nothing of them is written."""
    store.apply({KEY: b"one"}, 4)
    with pytest.raises(ValueError, match="stands at offset 4, beyond 3"):
        store.apply({KEY: b"zero"}, 3)
    assert (store.get(KEY), store.offset) == (b"one", 4)


def test_a_failed_change_leaves_nothing_behind(store: PartitionStore) -> None:
    """If one value cannot be written, neither the others nor the offset are."""
    with pytest.raises(sqlite3.Error):
        store.apply({"a": b"one", "b": object()}, 4)  # type: ignore[dict-item]  # on purpose
    assert store.get("a") is None
    assert store.offset is None
    store.apply({"a": b"two"}, 5)
    assert store.get("a") == b"two"


def test_clear_makes_it_new(store: PartitionStore) -> None:
    """After clear there are no keys and no offset, and cached values have another owner."""
    store.apply({KEY: b"one"}, 4)
    owner = store.id
    store.clear()
    assert (store.get(KEY), store.offset) == (None, None)
    assert store.id != owner


def test_a_closed_store_says_so(store: PartitionStore) -> None:
    """Reading or writing after close raises; closing twice does not."""
    store.close()
    store.close()
    with pytest.raises(StateNotHereError, match="partition 3 of conversations"):
        store.get(KEY)
    with pytest.raises(StateNotHereError):
        store.apply({}, 1)


def test_scan_goes_by_code_point_in_pages(store: PartitionStore) -> None:
    """A scan of more than a page yields every key of the prefix once, in code point order."""
    keys = [f"c{number}" for number in range(2 * SCAN_PAGE + 1)]
    keys += ["c", "c\uffff", "c\U0001f600", "c\x00", "cé"]
    store.apply({**dict.fromkeys(keys, b"v"), "b9": b"v", "d": b"v"}, 1)
    assert [key for key, _ in store.scan("c")] == sorted(keys)


def test_scan_goes_on_after_a_key(store: PartitionStore) -> None:
    """`after` leaves out a key and all before it, also a key that is not there."""
    store.apply({"c1": b"1", "c2": b"2", "c3": b"3"}, 1)
    assert [key for key, _ in store.scan("c", "c1")] == ["c2", "c3"]
    assert [key for key, _ in store.scan("c", "c15")] == ["c2", "c3"]
    assert [key for key, _ in store.scan("c", "a")] == ["c1", "c2", "c3"]


def test_scan_sees_changes_ahead_of_it(store: PartitionStore) -> None:
    """A store may be changed during a scan: the pages to come are as they are by then."""
    store.apply({f"c{number:04}": b"old" for number in range(SCAN_PAGE + 10)}, 1)
    scan = store.scan("c")
    next(scan)
    last = f"c{SCAN_PAGE + 9:04}"
    store.apply({last: b"new", f"c{SCAN_PAGE + 8:04}": None}, 2)
    rest = dict(scan)
    assert rest[last] == b"new"
    assert len(rest) == SCAN_PAGE + 8


@given(st.text(min_size=1), st.text())
def test_successor_is_the_end_of_a_prefix(prefix: str, rest: str) -> None:
    """Whatever starts with a prefix comes before its successor, and the successor does not."""
    end = _successor(prefix)
    if end is None:
        assert set(prefix) == {chr(0x10FFFF)}
    else:
        assert prefix + rest < end
        assert not end.startswith(prefix)
        end.encode()


def test_successor_passes_over_surrogates() -> None:
    """The character after U+D7FF is U+E000: surrogates cannot be written as UTF-8."""
    assert _successor("a\ud7ff") == "a\ue000"


def test_a_claim_is_exclusive(store: PartitionStore) -> None:
    """After a claim nobody else can begin, until the claim is settled."""
    store.claim(store.revision)
    with pytest.raises(StateInDoubtError, match="never said"):
        store.check_settled()
    store.settle()
    store.check_settled()


def test_a_claim_needs_what_was_read_to_hold(store: PartitionStore) -> None:
    """Who read before a change cannot claim after it."""
    revision = store.revision
    store.apply({KEY: b"one"}, 1)
    with pytest.raises(ConflictingChangesError, match="somebody else"):
        store.claim(revision)


def test_damage_in_use_is_explained(open_store: OpenStore, tmp_path: Path) -> None:
    """A file that goes bad while it is open raises an error that says what to do."""
    path = tmp_path / "a.db"
    store = open_store(path)
    store.apply({f"c{number}": b"value" * 400 for number in range(5000)}, 9)
    store.close()
    store = open_store(path)
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    with pytest.raises(StateDamagedError, match="start the worker again"):
        list(store.scan("c"))


def test_a_killed_process_leaves_whole_transactions(open_store: OpenStore, tmp_path: Path) -> None:
    """After a kill -9 in the middle of writing, values and offset are of the same transaction."""
    path = tmp_path / "a.db"
    code = (
        "import sys; from pathlib import Path; from pipeline.state import PartitionStore\n"
        "store = PartitionStore(Path(sys.argv[1]), 'conversations', 3)\n"
        "for offset in range(10**9):\n"
        "    value = str(offset).encode()\n"
        "    store.apply({f'c{number}': value for number in range(50)}, offset)\n"
        "    print(offset, flush=True)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, path], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            if int(line) >= 20:
                writer.kill()
                break
        acknowledged = int(line)
    store = open_store(path)
    assert store.offset is not None
    assert store.offset >= acknowledged
    assert {value for _, value in store.scan("c")} == {str(store.offset).encode()}
