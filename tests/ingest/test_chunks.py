"""Logs in chunks that an importer can append, remember and go on from."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest import LONGEST_LINE, Chunk, Source, find_sources, read_chunks
from pipeline.ingest._chunks import CHUNK_BYTES, KEPT_BYTES

STANDARD_INPUT = Source("-", None)


def reply(number: int, body: str = "Yes") -> bytes:
    """Write a reply whose event id tells it from the others."""
    fields = dict.fromkeys(["account_id", "creator_id", "message_id"], "any") | {
        "type": "reply",
        "platform": "x",
        "event_id": f"event-{number}",
        "occurred_at": number,
        "body": body,
    }
    return json.dumps(fields).encode() + b"\n"


def chunks_of(content: bytes, size: int = 2000, first_line: int = 1) -> list[Chunk]:
    """Read all chunks of what comes from standard input."""
    stream = io.BytesIO(content)
    return list(read_chunks(STANDARD_INPUT, size, first_line=first_line, standard_input=stream))


def event_ids(chunks: list[Chunk]) -> list[str]:
    """Name the events of all chunks in their order."""
    return [event.event_id for chunk in chunks for event in chunk.events]


def test_chunks_follow_each_other_without_a_gap() -> None:
    """Every chunk begins where the one before it ended, and says so."""
    chunks = chunks_of(b"".join(map(reply, range(25))), size=10)
    assert [(chunk.first_line, chunk.next_line) for chunk in chunks] == [
        (1, 11),
        (11, 21),
        (21, 26),
    ]
    assert event_ids(chunks) == [f"event-{number}" for number in range(25)]


@given(st.integers(1, 30), st.integers(1, 7))
def test_going_on_from_a_line_gives_the_rest(first_line: int, size: int) -> None:
    """An importer that died goes on from the `next_line` it remembers and misses nothing."""
    content = b"".join(map(reply, range(25)))
    rest = chunks_of(content, size, first_line)
    assert event_ids(rest) == [f"event-{number}" for number in range(first_line - 1, 25)]
    assert all(chunk.first_line >= first_line for chunk in rest)


def test_a_rejected_line_keeps_its_number_and_its_bytes() -> None:
    """Blank lines count as lines, and what is refused is kept as it stood, without its ending."""
    content = reply(1) + b"\r\n" + b'{"type": "fax"}\r\n' + reply(2).strip() + b"\r\n" + b"oops"
    (chunk,) = chunks_of(content)
    assert event_ids([chunk]) == ["event-1", "event-2"]
    found = [(line.line_number, line.rejection.field, line.line) for line in chunk.rejections]
    assert found == [(3, "type", b'{"type": "fax"}'), (5, "", b"oops")]


def test_an_over_long_line_is_a_rejection_with_its_start() -> None:
    """A line of many megabytes stops nothing, and a taste of it is kept."""
    (chunk,) = chunks_of(reply(1) + b"x" * (3 * LONGEST_LINE) + b"\n" + reply(2))
    (rejected,) = chunk.rejections
    assert event_ids([chunk]) == ["event-1", "event-2"]
    assert (rejected.line_number, rejected.line) == (2, b"x" * KEPT_BYTES)
    assert "longer than" in rejected.rejection.reason


def test_a_chunk_of_long_lines_ends_early() -> None:
    """However many lines were asked for, a chunk holds no more than some megabytes."""
    long_lines = (b"x" * (LONGEST_LINE - 1) + b"\n") * 20
    chunks = chunks_of(long_lines)
    held = [sum(len(line.line) + 1 for line in chunk.rejections) for chunk in chunks]
    assert max(held) == CHUNK_BYTES
    assert sum(held) == len(long_lines)


@pytest.mark.parametrize("content", [b"", gzip.compress(b"", mtime=0), b"\xef\xbb\xbf"])
def test_an_empty_log_has_nothing_to_append(content: bytes) -> None:
    """A log without an event gives neither events nor rejections."""
    assert not any(chunk.events or chunk.rejections for chunk in chunks_of(content))


def test_a_packed_file_reports_its_progress(tmp_path: Path) -> None:
    """The last chunk of a packed file has read all of it."""
    log = tmp_path / "log.jsonl.gz"
    log.write_bytes(gzip.compress(b"".join(map(reply, range(5000)))))
    (source,) = find_sources([str(log)])
    progress = [chunk.bytes_read for chunk in read_chunks(source)]
    assert progress == sorted(progress)
    assert (len(progress), progress[-1]) == (3, log.stat().st_size)
