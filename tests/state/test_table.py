from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any, cast

import pytest

from pipeline.state import PartitionStore, StateAheadOfLogError, StateNotHereError
from pipeline.transport.sqlite import SqliteLog, Transaction
from tests.state._counting import COUNT, PARTITIONS, Count, Worker, at_work, counted, send

NORTHFOLD = '["default","instagram","northfold"]'
WRENLEY = '["default","tiktok","wrenley é"]'


def state(directory: Path) -> Path:
    """Return where the files of the table are."""
    return directory / "state"


def replace_state(directory: Path, older: Path) -> None:
    """Put an older copy of the state in place of the state."""
    shutil.rmtree(state(directory))
    shutil.copytree(older, state(directory))


def remove_log(directory: Path) -> None:
    """Remove the log and what belongs to it."""
    for path in directory.glob("log.db*"):
        path.unlink()


async def test_counts_go_on_where_they_were(tmp_path: Path) -> None:
    """A worker that starts again finds its state on disk, and adds to it."""
    await send(tmp_path, NORTHFOLD, WRENLEY, NORTHFOLD)
    assert await counted(tmp_path) == {NORTHFOLD: 2, WRENLEY: 1}
    await send(tmp_path, NORTHFOLD)
    assert await counted(tmp_path) == {NORTHFOLD: 3, WRENLEY: 1}


async def test_lost_state_comes_from_the_changelog(tmp_path: Path) -> None:
    """Without its files a worker has the same state, deletions included, and goes on from there."""
    many = [f'["default","x","account-{number}"]' for number in range(3000)]
    await send(tmp_path, NORTHFOLD, WRENLEY, NORTHFOLD, *many)
    await send(tmp_path, WRENLEY, value=b"forget")
    before = await counted(tmp_path)
    assert before == {NORTHFOLD: 2, **dict.fromkeys(many, 1)}

    shutil.rmtree(state(tmp_path))

    assert await counted(tmp_path) == before
    await send(tmp_path, NORTHFOLD, WRENLEY)
    assert await counted(tmp_path) == {**before, NORTHFOLD: 3, WRENLEY: 1}


async def test_state_that_is_behind_catches_up(tmp_path: Path) -> None:
    """A worker that died before its store followed has the committed changes after a restart."""
    await send(tmp_path, NORTHFOLD, WRENLEY)
    await counted(tmp_path)
    behind = shutil.copytree(state(tmp_path), tmp_path / "behind")
    await send(tmp_path, NORTHFOLD, NORTHFOLD)
    await send(tmp_path, WRENLEY, value=b"forget")
    await counted(tmp_path)

    replace_state(tmp_path, behind)

    assert await counted(tmp_path) == {NORTHFOLD: 3}


async def test_state_that_was_away_too_long_is_rebuilt(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A key whose deletion the log may have forgotten does not come back from an old copy."""
    await send(tmp_path, NORTHFOLD)
    await counted(tmp_path)
    with SqliteLog.open(tmp_path / "log.db") as log:
        partition = log.partition_for("events", NORTHFOLD.encode())
    path = state(tmp_path) / f"counts-{partition}.db"
    store = PartitionStore(path, "counts", partition, clock=lambda: time.time() - 24 * 3600)
    store.apply({"cghost": COUNT.encode(Count(7))}, None)
    store.close()
    behind = shutil.copytree(state(tmp_path), tmp_path / "behind")
    await send(tmp_path, NORTHFOLD)
    await counted(tmp_path)
    replace_state(tmp_path, behind)

    assert await counted(tmp_path) == {NORTHFOLD: 2}
    assert "may have forgotten deletions" in caplog.text


async def test_an_emptied_changelog_empties_the_state(tmp_path: Path) -> None:
    """When the changelog is emptied, for a rebuild, no store keeps what was in it."""
    await send(tmp_path, NORTHFOLD, WRENLEY)
    async with at_work(tmp_path) as worker:
        changelog = worker.table.changelog_topic_name
    with SqliteLog.open(tmp_path / "log.db") as log:
        await log.write(Transaction(truncate=[changelog]))

    assert await counted(tmp_path) == {}


async def test_state_ahead_of_its_log_stops_the_worker(tmp_path: Path) -> None:
    """State without the log that it is from is not used, and the error says what to do."""
    await send(tmp_path, NORTHFOLD)
    await counted(tmp_path)
    remove_log(tmp_path)
    await send(tmp_path, WRENLEY)

    with pytest.raises(StateAheadOfLogError, match=r"delete the state directory .*state"):
        await counted(tmp_path)


async def test_only_assigned_partitions_can_be_changed(tmp_path: Path) -> None:
    """A partition that this worker does not have is refused, as is every one once it stopped."""
    await send(tmp_path, NORTHFOLD)
    async with at_work(tmp_path) as worker:
        with pytest.raises(StateNotHereError, match="partition 2 of counts"):
            worker.table.changes(PARTITIONS)
    with pytest.raises(StateNotHereError, match="partition 0 of counts"):
        worker.table.changes(0)


async def test_the_table_is_no_dictionary(tmp_path: Path) -> None:
    """Faust's own way to tables, which knows no transactions, is closed."""
    table = cast("Any", Worker(tmp_path).app.tables["counts"])
    with pytest.raises(TypeError, match=r"changes\(\)"):
        table[NORTHFOLD]
    with pytest.raises(TypeError, match=r"changes\(\)"):
        list(table)


async def test_reset_removes_the_files_of_the_table(tmp_path: Path) -> None:
    """`faust reset` removes the files of this table and of no other."""
    await send(tmp_path, NORTHFOLD)
    await counted(tmp_path)
    other = state(tmp_path) / "creators-0.db"
    other.touch()
    Worker(tmp_path).app.tables["counts"].reset_state()
    assert list(state(tmp_path).iterdir()) == [other]
