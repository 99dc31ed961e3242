from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from tests.cli._command import outreach
from tests.ingest.samples import TOUCH
from tests.web._up import Up

CHUNK = 2_000
"""So many lines are one transaction."""


def _touch(workspace: str, number: int) -> bytes:
    """Write a touch to a creator of its own."""
    identity = {"event_id": f"e{number}", "message_id": f"m{number}", "creator_id": f"c{number}"}
    return json.dumps(TOUCH | identity | {"workspace": workspace}).encode() + b"\n"


def _touches(growing: Up, workspace: str) -> int:
    found: int = growing.report(f"?workspace={workspace}")["headline"]["touches"]
    return found


def _letters(growing: Up, source: str) -> list[dict[str, Any]]:
    """Return the dead letters of a source."""
    listed = outreach("dead-letters", "list", "--data", growing.folder, "--limit", "1000", "--json")
    letters = [json.loads(line) for line in listed.text.splitlines()]
    return sorted(
        (one for one in letters if one["source"] == source), key=lambda one: int(one["line"])
    )


def test_takes_the_good_lines_and_keeps_the_bad(growing: Up) -> None:
    """Good lines count although others are bad; those are named, and stand in the dead letters."""
    lines = [_touch("mixed", 1), b"no JSON\n", b"\n", b'{"type": "reply"}\n', _touch("mixed", 2)]
    answer = growing.post(b"".join(lines), "/v1/events?name=mixed.jsonl")
    assert answer.status == 200
    assert (answer.json["events"], answer.json["rejected_count"]) == (2, 2)
    first, second = answer.json["rejected"]
    assert (first["line"], first["field"]) == (2, "")
    assert first["reason"].startswith("is no JSON")
    assert (second["line"], second["field"]) == (4, "event_id")

    growing.until(lambda: _touches(growing, "mixed") == 2)
    growing.until(lambda: len(_letters(growing, "mixed.jsonl")) == 2)
    letters = _letters(growing, "mixed.jsonl")
    assert [one["payload"] for one in letters] == ["no JSON", '{"type": "reply"}']


def test_counts_an_event_once_however_often_it_is_sent(growing: Up) -> None:
    """Sending the same lines again changes nothing."""
    lines = b"".join(_touch("twice", number) for number in range(5))
    for _ in range(3):
        assert growing.post(lines).json["events"] == 5
    growing.until(lambda: growing.ask("/health").json["lag"] == 0)
    growing.until(lambda: _touches(growing, "twice") > 0)
    assert _touches(growing, "twice") == 5


@pytest.mark.parametrize("headers", [{}, {"Content-Encoding": "gzip"}], ids=["file", "encoding"])
def test_unpacks_gzip(growing: Up, headers: dict[str, str]) -> None:
    """A gzipped body is unpacked, whether or not the header says so."""
    workspace = f"gzip-{len(headers)}"
    packed = gzip.compress(b"".join(_touch(workspace, number) for number in range(3)))
    assert growing.post(packed, **headers).json["events"] == 3
    growing.until(lambda: _touches(growing, workspace) == 3)


def test_refuses_encodings_that_it_does_not_know(growing: Up) -> None:
    """What cannot be unpacked is refused, instead of line after line going to the dead letters."""
    answer = growing.post(b"x", Content_Encoding="br")
    assert answer.status == 415
    assert "gzip" in answer.json["error"]


def test_lines_are_durable_before_the_rest_has_come(growing: Up) -> None:
    """While a request is still being sent, its first two thousand lines are processed already."""
    seen = threading.Event()

    def slowly() -> Iterator[bytes]:
        yield b"".join(_touch("stream", number) for number in range(CHUNK + 10))
        seen.wait()
        yield _touch("stream", CHUNK + 10)

    with ThreadPoolExecutor(1) as sender:
        sending = sender.submit(growing.post, slowly())
        try:
            growing.until(lambda: _touches(growing, "stream") == CHUNK)
            assert not sending.done()
        finally:
            seen.set()
        assert sending.result().json["events"] == CHUNK + 11
    growing.until(lambda: _touches(growing, "stream") == CHUNK + 11)


def test_body_that_breaks_off_leaves_whole_chunks(growing: Up) -> None:
    """A client that dies leaves what was durable, and nothing of the chunk that it was sending."""
    assert growing.endpoint.web_port is not None
    connection = HTTPConnection("127.0.0.1", growing.endpoint.web_port)
    connection.putrequest("POST", "/v1/events")
    connection.putheader("Authorization", f"Bearer {growing.endpoint.secret}")
    connection.putheader("Content-Length", "999999999")
    connection.endheaders()
    connection.send(b"".join(_touch("broken", number) for number in range(CHUNK + 500)))
    growing.until(lambda: _touches(growing, "broken") == CHUNK)
    connection.close()

    assert growing.post(_touch("broken", CHUNK + 500)).json["events"] == 1
    growing.until(lambda: _touches(growing, "broken") > CHUNK)
    assert _touches(growing, "broken") == CHUNK + 1


def test_damaged_gzip_is_told_and_what_stood_before_it_stays(growing: Up) -> None:
    """A body that cannot be unpacked to its end is answered with 400 and how far it was good."""
    packed = gzip.compress(b"".join(_touch("damaged", number) for number in range(CHUNK * 2)))
    answer = growing.post(packed[: len(packed) - 200], "/v1/events?name=damaged.gz")
    assert answer.status == 400
    assert answer.json["error"].startswith("damaged.gz: damaged or cut off")
    assert answer.json["events"] == CHUNK
    growing.until(lambda: _touches(growing, "damaged") == CHUNK)


def test_memory_stays_bounded_whatever_is_sent(growing: Up) -> None:
    """A line of 64 MiB is one bad line, and is never in memory as a whole."""
    block = b"x" * (1024 * 1024)

    def peak() -> int:
        status = Path(f"/proc/{growing.endpoint.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0])

    before = peak()
    answer = growing.post((block for _ in range(64)), "/v1/events?name=endless")
    assert answer.json["rejected_count"] == 1
    assert "is longer than" in answer.json["rejected"][0]["reason"]
    assert peak() - before < 48 * 1024


def test_names_a_hundred_bad_lines_and_counts_all(growing: Up) -> None:
    """The answer to a file of nothing but bad lines is short all the same."""
    answer = growing.post(b"bad\n" * 5_000, "/v1/events?name=all-bad").json
    assert answer["rejected_count"] == 5_000
    assert [one["line"] for one in answer["rejected"]] == list(range(1, 101))


def test_body_without_lines_is_nothing(growing: Up) -> None:
    """An empty body and one of blank lines bring nothing, and are no error."""
    for body in (b"", b"\n\n  \n"):
        answer = growing.post(body)
        assert (answer.status, answer.json["events"], answer.json["rejected_count"]) == (200, 0, 0)


@pytest.mark.parametrize("name", ["", "a%00b", "a%0Ab", "n" * 1_001])
def test_refuses_names_that_cannot_stand_in_a_list(growing: Up, name: str) -> None:
    """A name that is empty, far too long or not printable is refused before anything is read."""
    answer = growing.post(b"", f"/v1/events?name={name}")
    assert answer.status == 400
    assert "1 to 1000 characters" in answer.json["error"]


def test_requests_go_on_side_by_side(growing: Up) -> None:
    """More requests than are read at a time all come in, however they overlap."""

    def send(number: int) -> int:
        lines = b"".join(_touch("crowd", number * 10 + line) for line in range(10))
        events: int = growing.post(lines).json["events"]
        return events

    with ThreadPoolExecutor(24) as senders:
        assert list(senders.map(send, range(48))) == [10] * 48
    growing.until(lambda: _touches(growing, "crowd") == 480)
