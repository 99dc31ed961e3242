"""Finding logs, and reading their lines with bounded memory."""

from __future__ import annotations

import gzip
import hashlib
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest import LONGEST_LINE, Source, SourceError, find_sources, open_source

STANDARD_INPUT = Source("-", None)


def lines_of(content: bytes) -> list[bytes]:
    """Read all lines of what comes from standard input."""
    with open_source(STANDARD_INPUT, io.BytesIO(content)) as reader:
        return list(reader)


class DrippingStream(io.BytesIO):
    """Gives one byte at a time, as a slow pipe may."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Read one byte, if any is asked for."""
        return super().read(1 if size else 0)

    def read1(self, size: int | None = -1, /) -> bytes:
        """Read one byte, if any is asked for."""
        return self.read(size)


def test_a_folder_stands_for_every_log_below_it(tmp_path: Path) -> None:
    """Logs are found at any depth, packed or not, sorted, and nothing else is."""
    for name in ("b.jsonl", "a.jsonl.gz", "deep/er/c.jsonl", "notes.txt", "d.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"{}\n")
    found = find_sources([str(tmp_path)])
    expected = ["a.jsonl.gz", "b.jsonl", "deep/er/c.jsonl"]
    assert found == [Source(str(tmp_path / name), 3) for name in expected]


def test_a_file_may_have_any_name_and_counts_once(tmp_path: Path) -> None:
    """A file given by its name is read whatever its ending, and once however often it is given."""
    log = tmp_path / "export.txt"
    log.write_bytes(b"")
    assert find_sources([str(log), "-", str(log), "-"]) == [Source(str(log), 0), STANDARD_INPUT]


def test_everything_that_cannot_be_found_is_said_at_once(tmp_path: Path) -> None:
    """One error names each missing argument and each empty folder."""
    empty, missing, endless = tmp_path / "empty", tmp_path / "missing.jsonl", "x" * 5000
    empty.mkdir()
    with pytest.raises(SourceError) as caught:
        find_sources([str(missing), str(empty), endless])
    first, second, third = str(caught.value).splitlines()
    assert first == f"{missing}: there is no such file or folder; check its spelling"
    assert second == f"{empty}: the folder holds no .jsonl or .jsonl.gz file"
    assert third.startswith("xxx")


def test_a_file_that_vanished_is_named(tmp_path: Path) -> None:
    """Opening or digesting what is no longer there says so by name."""
    gone = Source(str(tmp_path / "gone.jsonl"), 10)
    with pytest.raises(SourceError, match=r"gone\.jsonl: No such file"), open_source(gone):
        pass
    with pytest.raises(SourceError, match=r"gone\.jsonl: No such file"):
        gone.digest()


def test_the_digest_is_of_the_bytes_on_disk(tmp_path: Path) -> None:
    """A log has the SHA-256 of its file, packed as it is; standard input has none."""
    log = tmp_path / "log.jsonl.gz"
    log.write_bytes(gzip.compress(b"{}\n"))
    (source,) = find_sources([str(log)])
    assert source.digest() == hashlib.sha256(log.read_bytes()).hexdigest()
    assert STANDARD_INPUT.digest() is None


@given(st.lists(st.binary(max_size=20).map(lambda text: text.replace(b"\n", b""))), st.booleans())
def test_lines_come_out_as_they_went_in(texts: list[bytes], packed: bool) -> None:  # noqa: FBT001 - drawn by Hypothesis
    """Plain or packed, joined again the lines are the file, and each ends at its first newline."""
    content = b"{}\n" + b"\n".join(texts)
    found = lines_of(gzip.compress(content) if packed else content)
    assert b"".join(found) == content
    assert all(line.find(b"\n") == len(line) - 1 for line in found[:-1])


def test_gzip_is_seen_from_the_first_bytes_not_from_the_name(tmp_path: Path) -> None:
    """A packed file named like a plain one, and the other way round, are both read."""
    for name, content in (("a.jsonl", gzip.compress(b"one\n")), ("b.jsonl.gz", b"one\n")):
        (tmp_path / name).write_bytes(content)
    for source in find_sources([str(tmp_path)]):
        with open_source(source) as reader:
            assert list(reader) == [b"one\n"]


def test_packed_files_may_be_joined() -> None:
    """Several gzip members one after the other are one log, as after `cat`."""
    assert lines_of(gzip.compress(b"one\ntw") + gzip.compress(b"o\n")) == [b"one\n", b"two\n"]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_slow_pipe_is_read_like_a_file(pack: type[bytes]) -> None:
    """Bytes that drip in one by one give the same lines."""
    stream = DrippingStream(pack(b"\xef\xbb\xbfone\r\ntwo"))
    with open_source(STANDARD_INPUT, stream) as reader:
        assert list(reader) == [b"one\r\n", b"two"]


def test_a_byte_order_mark_is_skipped_at_the_start_only() -> None:
    """The mark that some editors write does not belong to the first line; a later one does."""
    mark = b"\xef\xbb\xbf"
    assert lines_of(mark + b"one\n" + mark + b"two\n") == [b"one\n", mark + b"two\n"]
    assert lines_of(gzip.compress(mark + b"one\n")) == [b"one\n"]


def test_an_over_long_line_is_cut_and_the_next_is_whole() -> None:
    """Of an endless line only the start is kept, and reading goes on behind its end."""
    endless = b"x" * (5 * LONGEST_LINE)
    first, second, third = lines_of(endless + b"\ntwo\n" + endless)
    assert (len(first), second, len(third)) == (LONGEST_LINE + 1, b"two\n", LONGEST_LINE + 1)


def test_a_damaged_file_gives_its_sound_lines_first() -> None:
    """A packed log that breaks off gives the lines before the break, then says what happened."""
    lines = [b"%d\n" % number for number in range(300_000)]
    packed = gzip.compress(b"".join(lines))
    found: list[bytes] = []
    with (
        open_source(STANDARD_INPUT, io.BytesIO(packed[: len(packed) // 2])) as reader,
        pytest.raises(SourceError, match="-: damaged or cut off"),
    ):
        found += iter(reader)
    # What a failing `+=` took before the error stays in the list.
    assert found == lines[: len(found)]
    assert len(found) > len(lines) // 10


def test_progress_ends_at_the_size_of_the_file(tmp_path: Path) -> None:
    """What has been read grows to the size on disk, also where the file is packed."""
    log = tmp_path / "log.jsonl.gz"
    log.write_bytes(gzip.compress(b"{}\n" * 100_000))
    (source,) = find_sources([str(log)])
    with open_source(source) as reader:
        assert reader.bytes_read == 0
        seen = [reader.bytes_read for _ in reader]
    assert seen == sorted(seen)
    assert seen[-1] == source.size == log.stat().st_size
