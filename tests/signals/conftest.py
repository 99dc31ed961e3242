"""Prints precision and recall at the end of a session that tested the labelled messages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.signals._labelled import CODES, count, judged


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print one table when the labelled set was under test."""
    reports = [
        report
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, ())
    ]
    if any("signals/test_labelled" in report.nodeid for report in reports):
        terminalreporter.section("elements and signals: precision and recall")
        for line in _table():
            terminalreporter.write_line(line)


def _table() -> Iterator[str]:
    for held in (False, True):
        for group in ("English", "German to Portuguese", "other languages"):
            messages = [each for each in judged() if each.held is held and each.group == group]
            part = "held out" if held else "tuned on"
            yield f"{part}, {group}: {len(messages)} messages"
            for code in CODES:
                counts = count(messages, code)
                if counts.right + counts.imagined + counts.missed:
                    yield (
                        f"  {code.value:<24}{counts.right:>4} right{counts.imagined:>3} imagined"
                        f"{counts.missed:>3} missed   P {counts.precision:.2f}  "
                        f"R {counts.recall:.2f}"
                    )
