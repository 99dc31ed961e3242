"""Judges the labelled replies once, and prints the confusion matrices at the end of the session."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.replies import ReplyClass, classify


class Judged(NamedTuple):
    """A labelled reply and the class that was found for it."""

    part: str
    language: str
    text: str
    expected: ReplyClass
    found: ReplyClass


def _judge_labelled() -> tuple[Judged, ...]:
    lines = Path(__file__).with_name("labelled.tsv").read_text("utf-8").splitlines()
    return tuple(_judge(*line.split("\t")) for line in lines[1:])


def _judge(part: str, expected: str, language: str, text: str) -> Judged:
    body = text.replace("\\n", "\n")
    return Judged(part, language, body, ReplyClass(expected), classify(body))


@pytest.fixture(scope="session")
def judged() -> tuple[Judged, ...]:
    """Every reply of `labelled.tsv`, judged."""
    return _judge_labelled()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the matrices when the labelled set was under test."""
    reports = [
        report
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, ())
    ]
    if any("replies/test_labelled" in report.nodeid for report in reports):
        terminalreporter.section("classes of replies: expected (rows) and found (columns)")
        for line in _matrices(_judge_labelled()):
            terminalreporter.write_line(line)


def _matrices(judged: tuple[Judged, ...]) -> Iterator[str]:
    for part in ("tuned", "held_out"):
        of_part = [each for each in judged if each.part == part]
        yield from _matrix(f"{part}, all languages", of_part)
        for language in sorted({each.language for each in of_part}):
            of_language = [each for each in of_part if each.language == language]
            yield from _matrix(f"{part}, {language}", of_language)


def _matrix(title: str, judged: Iterable[Judged]) -> Iterator[str]:
    counts = Counter((each.expected, each.found) for each in judged)
    right = sum(counts[each, each] for each in ReplyClass)
    yield f"{title}: {right} of {counts.total()} right ({right / counts.total():.1%})"
    yield " " * 14 + "".join(f"{found:>14}" for found in ReplyClass) + "        recall"
    for expected in ReplyClass:
        row = [counts[expected, found] for found in ReplyClass]
        recall = counts[expected, expected] / sum(row)
        yield f"{expected:<14}" + "".join(f"{count:>14}" for count in row) + f"{recall:>14.1%}"
    yield ""
