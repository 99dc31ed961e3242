from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipeline.cli._dead_letter_rows import DeadLetter
from pipeline.report import views
from pipeline.warehouse import Address
from tests.cli._command import outreach_here, server_of


def test_each_is_listed_with_origin_fault_and_beginning(served_folder: Path) -> None:
    """Both bad lines of the sample log can be found and mended."""
    done = outreach_here("dead-letters", "list", "--data", served_folder)
    assert (done.status, done.errors) == (0, "")
    lines = done.text.splitlines()
    assert lines[0].startswith("log.jsonl:95  20")
    assert lines[1].startswith("  is no JSON")
    assert lines[2] == "  not JSON"
    assert lines[3].startswith("log.jsonl:96  20")
    assert lines[4].startswith("  occurred_at is missing")


def test_limit_says_what_it_left_out(served_folder: Path) -> None:
    """Whoever sees a part learns of how many."""
    done = outreach_here("dead-letters", "list", "--data", served_folder, "--limit", "1")
    assert "The newest 1 of 2; --limit 2 prints all." in done.text


def test_json_holds_the_whole_event(served_folder: Path) -> None:
    """Programs get one object a line, with the event as it came."""
    done = outreach_here("dead-letters", "list", "--data", served_folder, "--json")
    found = [json.loads(line) for line in done.text.splitlines()]
    assert [letter["payload"] for letter in found] == [
        "not JSON",
        '{"type": "reply", "event_id": "bad-1"}',
    ]
    assert [letter["line"] for letter in found] == [95, 96]
    assert {letter["payload_base64"] for letter in found} == {None}


def test_event_that_is_no_text_is_kept_whole(
    served_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bytes that are no UTF-8 come as base64; a database without any says that it has none."""
    settings = {**server_of(served_folder), "OUTREACH_CLICKHOUSE_DATABASE": "letters"}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert outreach_here("migrate").status == 0
    assert outreach_here("dead-letters", "list").text == "There are no dead letters.\n"
    _insert(settings, b"\xff\x00")
    (line,) = outreach_here("dead-letters", "list", "--json").text.splitlines()
    letter = json.loads(line)
    assert (letter["payload"], letter["payload_base64"]) == (None, "/wA=")
    shown = outreach_here("dead-letters", "list").text
    assert "outreach.replies[2]@7" in shown
    assert "\x1b" not in shown


def _insert(settings: dict[str, str], payload: bytes) -> None:
    address = Address(
        settings["OUTREACH_CLICKHOUSE_HOST"],
        int(settings["OUTREACH_CLICKHOUSE_PORT"]),
        "default",
        settings["OUTREACH_CLICKHOUSE_PASSWORD"],
        "letters",
    )
    row = {
        "dead_letter_id": "id",
        "topic": "outreach.replies",
        "partition": 2,
        "offset": 7,
        "reason": "no\x1b[2J Avro",
        "payload": payload,
        "at": datetime(2026, 7, 1, tzinfo=UTC),
    }
    with views(address) as client:
        columns = ", ".join(row)
        client.execute(f"INSERT INTO letters_facts.dead_letters ({columns}) VALUES", [row])


def test_origin_is_a_line_or_a_place_in_the_log() -> None:
    """People see where to look."""
    at = datetime(2026, 7, 1, tzinfo=UTC)
    line = DeadLetter("id", at, "", -1, -1, "/in/a.jsonl", 3, "", "", "", None)
    record = DeadLetter("id", at, "outreach.replies", 2, 7, "", 0, "", "", "", None)
    assert line.origin == "a.jsonl:3"
    assert record.origin == "outreach.replies[2]@7"
