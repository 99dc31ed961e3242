from __future__ import annotations

import doctest
import gzip
import importlib
import pkgutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import examples.agency_quarter
from examples.agency_quarter import generate, line, write
from examples.agency_quarter._data import table
from tests.examples.line_check import fault

MODULES = [module.name for module in pkgutil.iter_modules(examples.agency_quarter.__path__)]


def test_equal_seeds_give_equal_lines() -> None:
    """Two generations from one seed agree in every line."""
    assert list(map(line, generate(3, 1_500))) == list(map(line, generate(3, 1_500)))


def test_other_seeds_give_other_lines() -> None:
    """Another seed makes another log."""
    assert list(generate(3, 300)) != list(generate(4, 300))


@pytest.mark.parametrize("events", [1, 2, 57, 1_000])
def test_length_is_exact(events: int) -> None:
    """A log has as many lines as asked for, also when it is tiny, and each line is valid."""
    lines = [line(event) for event in generate(1, events)]
    assert [fault(text) for text in lines] == [None] * events


def test_what_is_generated_is_the_shipped_file(shipped_lines: list[str]) -> None:
    """The shipped log is what its seed gives, so that nobody has edited either alone."""
    assert [line(event) for event in generate(7, 60_000)] == shipped_lines


def test_compressed_file_tells_nothing_of_its_making(tmp_path: Path) -> None:
    """Neither the file's name nor the time stands in a compressed log."""
    first, second = tmp_path / "first.jsonl.gz", tmp_path / "second.jsonl.gz"
    assert write(first, generate(5, 50)) == write(second, generate(5, 50)) == 50
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes()[4:8] == bytes(4)


def test_command_writes_the_same_as_the_function(tmp_path: Path) -> None:
    """The command line writes plain lines to a path without `.gz`, and says how many."""
    out = tmp_path / "log.jsonl"
    arguments = ["--seed", "5", "--events", "40", "--out", str(out)]
    done = subprocess.run(
        [sys.executable, "-m", "examples.agency_quarter", *arguments],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"{out}: 40 events\n"
    assert out.read_text("utf-8") == "".join(map(line, generate(5, 40)))


def test_compressed_and_plain_hold_the_same(tmp_path: Path) -> None:
    """Compression changes nothing of the lines."""
    write(tmp_path / "log.jsonl", generate(5, 40))
    write(tmp_path / "log.jsonl.gz", generate(5, 40))
    packed = (tmp_path / "log.jsonl.gz").read_bytes()
    assert gzip.decompress(packed) == (tmp_path / "log.jsonl").read_bytes()


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "pt"])
def test_zones_stand_still_for_the_quarter(language: str) -> None:
    """Each zone has the offset that the data gives it, from the first day to the last."""
    days = [datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 9, 30, 23, tzinfo=UTC)]
    for name, zone in table("creators")["languages"][language]["zones"].items():
        for day in days:
            offset = day.astimezone(ZoneInfo(name)).utcoffset()
            assert offset is not None
            assert offset.total_seconds() == zone["offset"] * 60, name


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_hold(name: str) -> None:
    """What a docstring of the generator shows is what happens."""
    module = importlib.import_module(f"examples.agency_quarter.{name}")
    assert doctest.testmod(module).failed == 0
