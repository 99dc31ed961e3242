from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from clickhouse_driver import Client

from agents import outreach_app
from pipeline.avro import SchemaName, encode, encode_event
from pipeline.cli._processing import RUN_SETTINGS
from pipeline.embedded import (
    PARTITIONS,
    DataDirectory,
    Settings,
    begin_rebuild,
    load_policy,
    running_system,
)
from pipeline.events import Milliseconds
from pipeline.importer import Replayed, import_file, replay
from pipeline.ingest import find_sources
from pipeline.policy import DEFAULT_POLICY, load
from pipeline.topics import Topic
from pipeline.transport import Output
from pipeline.transport.sqlite import SqliteLog, Transaction
from pipeline.worker import GROUP
from tests.cli._command import outreach, outreach_afresh, outreach_here
from tests.folds._drawn import parsed
from tests.folds._policies import Policy
from tests.reference import model
from tests.report._systems import copy_of, serving
from tests.system._apart import apart
from tests.system._dense_log import START, dense_log
from tests.system._expected import by_policies, comparable, expected_views
from tests.system._log_files import shuffled, write_files
from tests.system._policy_file import SHIPPED, write_policy
from tests.system.outreach import Views, in_order, run, views_of
from tests.warehouse.records import dead_letter
from tests.warehouse.views import read_view, view_names

DATABASE, NOW = "outreach", Milliseconds(START)
LOG = dense_log(seed=17, events=480)
PUT_ASIDE = next(event for event in LOG if event.type == "dm_sent")
"""It is in no file: a version that could not read its record had put it aside."""
LATER, EARLIER = (
    Policy(
        replace(model.Limits(), account_daily_cap=cap, creator_contact_cap=contacts),
        effective_from=START + days * model.DAY,
    )
    for cap, contacts, days in ((3, 1, 25), (5, 0, 10))
)
INPUTS = (Topic.DM_SENT, Topic.FOLLOW_UPS, Topic.REPLIES, Topic.SEND_REQUESTS)


class Loaded(NamedTuple):
    """A system that was filled."""

    data: Path
    file: Path
    """One of the files that it was filled from."""
    views: Views
    """What its views hold."""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """Fill a folder, whose second policy begins late, and whose third one reaches back."""
    base = tmp_path_factory.mktemp("rebuild")
    (base / "bad.jsonl").write_bytes(b"no JSON\n\xff\n")
    in_files = [event for event in LOG if event != PUT_ASIDE]
    files = write_files(base / "log", shuffled(in_files, 1), 3)
    write_policy(base / "later.toml", LATER)
    write_policy(base / "earlier.toml", EARLIER)
    return Loaded(base / "data", files[0], apart(fill, base, files))


async def fill(base: Path, files: Sequence[Path]) -> Views:
    """Load files piece by piece, out of order, each under one more policy; return the views.

    Two lines are bad, a record is no event, and what another letter holds is brought back.
    """
    policies = (DEFAULT_POLICY, load(base / "later.toml"), load(base / "earlier.toml"))
    async with running_system(DataDirectory(base / "data"), outreach_app, RUN_SETTINGS) as system:
        for file, policy in zip(files, policies, strict=True):
            load_policy(system.log, policy, "tests", NOW)
            for source in find_sources([str(file), str(base / "bad.jsonl")]):
                list(import_file(system.log, source, NOW))
            await system.drained()
        no_event = Output(Topic.REPLIES, b"key", b"no Avro", 0)
        await system.log.write(Transaction(outputs=[no_event, letter()]))
        await system.drained()
        assert replay(system.log, NOW) == Replayed(brought_back=1, still_unusable=3)
        await system.drained()
        with system.warehouse.connect() as client:
            views = view_names(client, DATABASE)
            return {view: in_order(read_view(client, DATABASE, view)) for view in views}


def letter() -> Output:
    """Return the letter of a record that can be read by now."""
    value = encode(
        SchemaName.DEAD_LETTER,
        dead_letter(
            dead_letter_id="readable",
            topic=Topic.DM_SENT,
            payload=encode_event(parsed(PUT_ASIDE)),
        ),
    )
    return Output(Topic.DEAD_LETTERS, b"readable", value, 0)


@pytest.fixture
def data(loaded: Loaded, tmp_path: Path) -> Path:
    """Return a copy of the folder to rebuild."""
    return copy_of(loaded.data, tmp_path / "data")


def test_a_rebuild_of_a_sound_system_finds_every_view_as_before(loaded: Loaded, data: Path) -> None:
    """Late events, a policy that came into force later, one that reaches back: all comes again.

    Dead letters are there with the notes of which was brought back, and its event counts.
    """
    before = loaded.views
    assert comparable(before) == expected_views(LOG, by_policies(SHIPPED, LATER, EARLIER))
    brought_back = [row["dead_letter_id"] for row in before["dead_letters"] if row["replayed_at"]]
    assert (brought_back, len(before["dead_letters"])) == (["readable"], 4)

    done = outreach_afresh("rebuild", "--data", data)

    assert done.status == 0, done.errors
    assert [line.split() for line in done.text.splitlines()] == [
        [view, f"{len(rows):,}", "rows,", "as", "before"] for view, rows in before.items()
    ]


def test_a_row_that_was_wrong_is_put_right(loaded: Loaded, data: Path) -> None:
    """The command says which views differ, with how many rows each had, and ends with status 1."""
    with serving(data) as address, address.connect() as client:
        tamper(client, "violations", "'made up' AS rule")
        tamper(client, "replies", "'out of tune' AS reply_class")
        in_use = outreach_here("rebuild", "--data", data)
        assert (in_use.status, in_use.text) == (2, "")
        assert "is open in process" in in_use.complaint

    done = outreach("rebuild", "--data", data)

    assert done.status == 1, done.errors
    said = {line.split()[0]: " ".join(line.split()[1:]) for line in done.text.splitlines()}
    rows = {view: len(some) for view, some in loaded.views.items()}
    was, now = rows["violations"] + 1, rows["violations"]
    assert said.pop("violations") == f"{was:,} → {now:,} rows, differs from before"
    assert said.pop("replies") == f"{rows['replies']:,} rows, differs from before"
    assert {note.rpartition(", ")[2] for note in said.values()} == {"as before"}
    assert views_of(data) == loaded.views


def tamper(client: Client, table: str, change: str) -> None:
    """Write a newer version of one row that a view shows, in which something else stands."""
    facts = f"outreach_facts.{table}"
    client.execute(
        f"INSERT INTO {facts} SELECT * REPLACE ({change}, version + 1 AS version) "
        f"FROM {facts} FINAL WHERE NOT withdrawn LIMIT 1"
    )


def killed(step: Callable[[Path], None], data: Path) -> None:
    """Run a step in a process of its own, which is to end by killing itself."""
    process = multiprocessing.get_context("spawn").Process(target=step, args=(data,))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL


def kill_when_begun(data: Path) -> None:
    """Begin a rebuild, and die before anything else is done."""
    with SqliteLog.open(DataDirectory(data).log_path) as log:
        begin_rebuild(log)
        os.kill(os.getpid(), signal.SIGKILL)


def kill_when_under_way(data: Path) -> None:
    """Begin a rebuild, process a few records of the inputs, and die."""
    directory = DataDirectory(data)
    with SqliteLog.open(directory.log_path) as log:
        begin_rebuild(log)
    asyncio.run(_kill_after_some(directory))


async def _kill_after_some(directory: DataDirectory) -> None:
    async with running_system(directory, outreach_app, Settings(batch_records=5)) as system:
        while processed(system.log) < len(LOG) // 4:  # noqa: ASYNC110 - there is no event for it
            await asyncio.sleep(0)
        os.kill(os.getpid(), signal.SIGKILL)


def processed(log: SqliteLog) -> int:
    """Return how many records of the inputs the agents have acknowledged."""
    return sum(
        log.position(GROUP, topic, partition) or 0
        for topic in INPUTS
        for partition in range(PARTITIONS)
    )


def test_a_rebuild_that_was_killed_as_it_began_is_done_by_the_next(data: Path) -> None:
    """The warehouse still has what it had, so that the next one finds every view as before."""
    killed(kill_when_begun, data)
    with SqliteLog.open(DataDirectory(data).log_path) as log:
        assert processed(log) == 0

    done = outreach("rebuild", "--data", data)

    assert done.status == 0, done.errors
    assert done.text.count("as before") == len(done.text.splitlines()) == 11


def test_a_rebuild_that_was_killed_under_way_is_finished_by_a_run(
    loaded: Loaded, data: Path
) -> None:
    """Loading a file without anything new goes on with it, and ends with every row."""
    killed(kill_when_under_way, data)
    with SqliteLog.open(DataDirectory(data).log_path) as log:
        assert 0 < processed(log) < len(LOG)

    run(data, loaded.file)

    assert views_of(data) == loaded.views
