"""The head of a printed report: of what it is, and nine figures."""

from __future__ import annotations

from typing import NamedTuple

from rich.table import Table
from rich.text import Text

from pipeline.report._model import Headline, Report
from pipeline.report._text import count, day, of, per_hundred, percent, span

_A_ROW = 3


class _Figure(NamedTuple):
    name: str
    value: str
    note: str
    style: str = ""


def title(report: Report) -> Text:
    """Return the line above everything."""
    headline, scope = report.headline, report.scope
    line = Text("Outreach report", style="bold")
    if headline.first_sent_at is not None and headline.last_sent_at is not None:
        line.append(
            f"  {day(headline.first_sent_at)} to {day(headline.last_sent_at)}, UTC", style="cyan"
        )
    limits = [
        f"{kind} {name or 'none'}"
        for kind, name in (("workspace", scope.workspace), ("campaign", scope.campaign))
        if name is not None
    ]
    if limits:
        line.append(f"  {', '.join(limits)}", style="yellow")
    return line


def head(report: Report, width: int) -> Table:
    """Return the figures, some in a row: name, value, and what it is of."""
    figures = _figures(report.headline)
    grid = Table.grid(padding=(0, 2, 0, 0))
    for _ in range(_A_ROW):
        grid.add_column(min_width=(width - 2) // _A_ROW - 2)
    for start in range(0, len(figures), _A_ROW):
        row = figures[start : start + _A_ROW]
        if start:
            grid.add_row()
        grid.add_row(*(Text(figure.name, style="dim") for figure in row))
        grid.add_row(*(Text(figure.value, style=f"bold {figure.style}") for figure in row))
        grid.add_row(*(Text(figure.note, style="dim") for figure in row))
    return grid


def _figures(headline: Headline) -> list[_Figure]:
    response, positive = headline.response, headline.positive
    opt_outs, violating = headline.opt_outs, headline.violating
    audience = count(headline.audience_messages, "audience message")
    return [
        _Figure("Touches", f"{headline.touches:,}", f"by {count(headline.accounts, 'account')}"),
        _Figure(
            "Creators reached",
            f"{headline.creators_reached:,}",
            f"in {count(headline.workspaces, 'workspace')}",
        ),
        _Figure("Attempts", f"{response.whole:,}", f"of {count(headline.campaigns, 'campaign')}"),
        _Figure("Response rate", percent(response), of(response, "attempts"), "green"),
        _Figure("Positive", percent(positive), f"{of(positive)} answers", "green"),
        _Figure(
            "Median time to reply",
            span(headline.median_seconds_to_reply),
            f"mean {span(headline.mean_seconds_to_reply)}",
        ),
        _Figure(
            "Opt-outs per 100 attempts",
            per_hundred(opt_outs),
            of(opt_outs, "attempts"),
            "yellow" if opt_outs.part else "green",
        ),
        _Figure(
            "Touches that broke a rule",
            percent(violating),
            of(violating, "touches"),
            "red" if violating.part else "green",
        ),
        _Figure("All replies", f"{headline.replies:,}", audience),
    ]
