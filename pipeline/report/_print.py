"""Print a report for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rich.console import Console, RenderableType
from rich.text import Text

from pipeline.report import _headline, _hours, _responses, _risk, _steps, _violations
from pipeline.report._model import Report

Section = Callable[[Report, int], Iterator[RenderableType]]
"""Yields what stands below a heading; nothing where there is nothing to say."""

SECTIONS: tuple[tuple[str, Section], ...] = (
    ("Response rate by platform", _responses.platforms),
    ("Response rate by campaign", _responses.campaigns),
    ("Templates that differ by more than chance", _responses.templates),
    ("Steps", _steps.steps),
    ("Response rate by the opener's hour, UTC", _hours.hours),
    ("Riskiest campaigns", _risk.riskiest_campaigns),
    ("Broken rules", _violations.rules),
    ("Campaigns that break most rules", _violations.campaigns),
    ("Accounts that break most rules", _violations.accounts),
    ("Dead letters", _violations.dead_letters),
)
"""In the order in which they are printed."""
_WIDEST = 120


def print_report(report: Report, console: Console) -> None:
    """Print a report, as wide as the console but no wider than reads well."""
    width = min(console.width, _WIDEST)
    if report.is_empty:
        console.print(nothing(report), soft_wrap=True)
        for line in _violations.dead_letters(report, width):
            _print_line(console, line, width)
        return
    console.print(_headline.title(report), width=width)
    console.print()
    console.print(_headline.head(report, width), width=width)
    for heading, section in SECTIONS:
        lines = list(section(report, width))
        if lines:
            console.print()
            console.print(_rule(heading, width), width=width)
            for line in lines:
                _print_line(console, line, width)


def nothing(report: Report) -> Text:
    """Return what to say of a report that has nothing in it, and what to do about it."""
    scope = report.scope
    if scope.workspace is None and scope.campaign is None:
        return Text(
            "Nothing was loaded yet. Load a log of messages with "
            "`outreach run FILE... --data DIR`, then ask again with `outreach report --data DIR`."
        )
    named = [
        f"{kind} {name!r}"
        for kind, name in (("workspace", scope.workspace), ("campaign", scope.campaign))
        if name is not None
    ]
    return Text(f"There is no message of {' and '.join(named)}.")


def _print_line(console: Console, line: RenderableType, width: int) -> None:
    # Rich joins what it prints into a text of its own, which forgets these two.
    cut = line.overflow if isinstance(line, Text) else None
    console.print(line, width=width, overflow=cut, no_wrap=cut == "ellipsis")


def _rule(heading: str, width: int) -> Text:
    line = Text(heading, style="bold")
    return line.append(f" {'─' * (width - len(heading) - 1)}", style="dim")
