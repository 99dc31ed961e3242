from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import faust
import pytest
from faust.types import TP, Message

from pipeline.state._errors import StateNotHereError
from pipeline.state._faust_store import FaustStore
from tests.state._counting import COUNT, PARTITIONS, Count, Worker, at_work, send

HARROW = '["default","x","harrow"]'
OTHER = '["default","x","other"]'


def changelog_event(
    worker: Worker, offset: int, value: Count | None, *, topic: str = "", partition: int = 0
) -> faust.Event:
    """Make what Faust's recovery hands to a table for a record of the key HARROW."""
    topic = topic or worker.table.changelog_topic_name
    message = Message(
        topic,
        partition,
        offset,
        timestamp=0.0,
        timestamp_type=0,
        headers=None,
        key=f"c{HARROW}".encode(),
        value=None if value is None else COUNT.encode(value),
        checksum=None,
    )
    return faust.Event(worker.app, message.key, message.value, None, message)


async def test_recovery_replaces_what_is_cached(tmp_path: Path) -> None:
    """A record that another worker wrote is read afterwards, although an older value was cached."""
    await send(tmp_path, OTHER)
    async with at_work(tmp_path) as worker:
        faust_table = worker.app.tables["counts"]
        assert worker.table.changes(0).get(COUNT, HARROW) is None

        faust_table.apply_changelog_batch([changelog_event(worker, 40, Count(9))])

        assert worker.table.changes(0).get(COUNT, HARROW) == Count(9)
        assert faust_table.persisted_offset(TP(worker.table.changelog_topic_name, 0)) == 40

        faust_table.apply_changelog_batch([changelog_event(worker, 41, None)])

        assert worker.table.changes(0).get(COUNT, HARROW) is None


async def test_recovery_passes_over_what_does_not_belong(tmp_path: Path) -> None:
    """Records that are stored already, of other topics or of other partitions change nothing."""
    await send(tmp_path, OTHER)
    async with at_work(tmp_path) as worker:
        faust_table = worker.app.tables["counts"]
        faust_table.apply_changelog_batch(
            [
                changelog_event(worker, 40, Count(9)),
                changelog_event(worker, 40, Count(1)),
                changelog_event(worker, 39, Count(2)),
                changelog_event(worker, 50, Count(3), topic="state-test-creators-changelog"),
                changelog_event(worker, 50, Count(4), partition=PARTITIONS),
            ]
        )
        assert worker.table.changes(0).get(COUNT, HARROW) == Count(9)
        assert faust_table.persisted_offset(TP(worker.table.changelog_topic_name, 0)) == 40


@pytest.mark.parametrize(
    ("end", "kept"), [(42, True), (43, False)], ids=["its own marker", "a record and its marker"]
)
async def test_what_follows_an_old_store_on_kafka(tmp_path: Path, end: int, kept: bool) -> None:  # noqa: FBT001 - what is expected
    """An old store is rebuilt if a record may follow its last one, not for a commit's marker."""
    await send(tmp_path, OTHER)
    async with at_work(tmp_path) as worker:
        faust_table = worker.app.tables["counts"]
        faust_table.apply_changelog_batch([changelog_event(worker, 40, Count(9))])
        faust_store = cast("FaustStore", cast("Any", faust_table).data)
        store = faust_store.opened(0)
        faust_store._place = replace(faust_store._place, clock=lambda: time.time() + 86_400)

        faust_store._compare(store, range(end), markers=1)

        assert (store.offset == 40) is kept


async def test_a_rebalance_may_outlast_the_worker(tmp_path: Path) -> None:
    """What it still asks of a table that has stopped is answered, and opens nothing again."""
    await send(tmp_path, OTHER)
    async with at_work(tmp_path) as worker:
        store = cast("FaustStore", cast("Any", worker.app.tables["counts"]).data)
        changelog = {TP(worker.table.changelog_topic_name, 0)}
        await store.stop()

        await store.on_rebalance(changelog, set(), changelog)

        assert [store.persisted_offset(tp) for tp in changelog] == [None]
        with pytest.raises(StateNotHereError):
            store.opened(0)
