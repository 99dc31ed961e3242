from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.avro import SchemaName, encode, encode_event
from pipeline.embedded import DataDirectory
from pipeline.embedded._topics import create_topics
from pipeline.events import Milliseconds
from pipeline.importer import import_file
from pipeline.ingest import find_sources
from pipeline.topics import Topic
from pipeline.transport import Output
from pipeline.transport.sqlite import SqliteLog, Transaction
from tests.cli._command import outreach, outreach_afresh, outreach_here
from tests.ingest.samples import REPLY, TOUCH, event, line
from tests.report._systems import serving
from tests.warehouse.records import Record, dead_letter
from tests.warehouse.views import rows_of

NOW = Milliseconds(1_767_225_600_000)
RECORD = dead_letter(
    dead_letter_id="a record",
    topic=Topic.DM_SENT,
    partition=0,
    offset=0,
    source="",
    line=0,
    reason="has a schema that is not known here",
    payload=encode_event(event(line(TOUCH))),
)
"""The letter that an older version wrote of an event which this one can read."""
LINE = dead_letter(
    dead_letter_id="a line",
    payload=line(REPLY, workspace=TOUCH["workspace"], occurred_at="2026-03-01T13:00:00Z"),
)
"""The same of a line of a file."""


def system(folder: Path, *letters: Record) -> Path:
    """Make a folder whose log has dead letters that an older version wrote."""
    directory = DataDirectory(folder / "data")
    directory.log_path.parent.mkdir(parents=True)
    with SqliteLog.open(directory.log_path) as log:
        create_topics(log)
        append(log, [letter_output(letter) for letter in letters])
    return directory.path


def append(log: SqliteLog, outputs: Sequence[Output]) -> None:
    """Append records to a log."""
    log.submit(Transaction(outputs=outputs)).result()


def letter_output(letter: Record) -> Output:
    """Return the record of a dead letter."""
    value = encode(SchemaName.DEAD_LETTER, letter)
    return Output(Topic.DEAD_LETTERS, letter["dead_letter_id"].encode(), value, 0)


def test_with_nothing_left_unusable_all_is_well(tmp_path: Path) -> None:
    """A folder whose only letter can be read by now ends with status 0."""
    done = outreach_afresh("dead-letters", "replay", "--data", system(tmp_path, RECORD))

    assert (done.status, done.text) == (0, "1 brought back, 0 still unusable.\n"), done.errors


def test_what_can_be_read_by_now_is_brought_back_once(tmp_path: Path) -> None:
    """A record and a line come into the views and leave the list; what is no event stays there.

    Whoever replays again brings nothing, and is told by status 1 that some are still unusable.
    """
    data = system(tmp_path, RECORD, LINE)
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(b"no JSON\n")
    with SqliteLog.open(DataDirectory(data).log_path) as log:
        append(log, [Output(Topic.REPLIES, b"key", b"\xff no Avro", 2)])
        (source,) = find_sources([str(bad)])
        list(import_file(log, source, NOW))

    first = outreach("dead-letters", "replay", "--data", data)
    second = outreach("dead-letters", "replay", "--data", data)

    assert (first.status, first.text.split(",")[0]) == (1, "2 brought back"), first.errors
    assert (second.status, second.text) == (1, "0 brought back, 2 still unusable.\n")
    with serving(data) as address:
        (touch,) = rows_of(address, "touches")
        (reply,) = rows_of(address, "replies")
        replayed = {
            row["dead_letter_id"]
            for row in rows_of(address, "dead_letters")
            if row["replayed_at"] is not None
        }
        listed = outreach_here("dead-letters", "list", "--data", data)
        in_use = outreach_here("dead-letters", "replay", "--data", data)
    assert (touch["message_id"], touch["replied_at"]) == ("message-1", reply["received_at"])
    assert reply["credited_message_id"] == "message-1"
    assert replayed == {"a record", "a line"}
    assert "bad.jsonl:1" in listed.text
    assert "outreach.replies[2]@0" in listed.text
    assert "outreach.dm-sent" not in listed.text
    assert "log.jsonl" not in listed.text
    assert (in_use.status, in_use.text) == (2, "")
    assert "is open in process" in in_use.complaint


@pytest.mark.parametrize("command", [["dead-letters", "replay"], ["rebuild"]])
def test_a_folder_that_holds_nothing_is_wrong_use(tmp_path: Path, command: list[str]) -> None:
    """Neither command makes a system where there is none."""
    done = outreach_here(*command, "--data", tmp_path)

    assert (done.status, done.text) == (2, "")
    assert "nothing was ever loaded into this folder" in done.complaint
    assert list(tmp_path.iterdir()) == []
