"""The sections on who answers: platforms, campaigns and templates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from pipeline.report._layout import (
    bar,
    bar_width,
    distinct,
    explained,
    is_wide,
    marked,
    table,
)
from pipeline.report._model import Report, Responses, TemplateComparison
from pipeline.report._text import campaign_name, count, interval, of, percent_of, printable

_SHOWN_WHOLE = 12
"""Up to so many campaigns all are shown."""
_BEST_OR_WORST = 5
_COMPARED = 6


def platforms(report: Report, width: int) -> Iterator[RenderableType]:
    """Print what came of the attempts on each platform."""
    rows = [(entry.platform, entry.responses) for entry in report.platforms]
    yield _response_table("Platform", rows, width, _largest(rows))
    yield from explained(responses.response for _, responses in rows)


def campaigns(report: Report, width: int) -> Iterator[RenderableType]:
    """Print what came of each campaign's attempts: of many, the best and the worst."""
    names = distinct(
        [(entry.workspace, campaign_name(entry.campaign_id)) for entry in report.campaigns]
    )
    rows = [(name, entry.responses) for name, entry in zip(names, report.campaigns, strict=True)]
    if len(rows) <= _SHOWN_WHOLE:
        yield _response_table("Campaign", rows, width, _largest(rows))
        yield from explained(responses.response for _, responses in rows)
        return
    ranked = [row for row in rows if not row[1].response.is_of_few] or rows
    best, worst = ranked[:_BEST_OR_WORST], ranked[_BEST_OR_WORST:][-_BEST_OR_WORST:]
    between = len(ranked) - len(best) - len(worst)
    shown = _response_table("Campaign", best, width, _largest(ranked))
    if between:
        shown.add_row(Text(f"… {between} between …", style="dim"))
    _add_responses(shown, worst, width, _largest(ranked))
    yield shown
    if len(ranked) < len(rows):
        left_out = count(len(rows) - len(ranked), "campaign")
        yield Text(f"Not ranked: {left_out} with fewer than 30 attempts.", style="dim")


def templates(report: Report, width: int) -> Iterator[RenderableType]:
    """Print the templates of campaigns where they differ by more than chance."""
    if not report.templates:
        return
    shown = report.templates[:_COMPARED]
    largest = max(one.response.rate or 0.0 for entry in shown for one in entry.templates)
    laid_out = table(width, "Campaign and template", "Rate", "Replied", "95 %")
    names = distinct([(entry.workspace, entry.campaign_id) for entry in shown])
    for name, entry in zip(names, shown, strict=True):
        laid_out.add_row(Text(name))
        _add_templates(laid_out, entry, largest, width)
    yield laid_out
    if len(shown) < len(report.templates):
        more = len(report.templates) - len(shown)
        yield Text(f"So do those of {count(more, 'more campaign')}; see --json.", style="dim")


def _response_table(
    name: str, rows: Sequence[tuple[str, Responses]], width: int, largest: float
) -> Table:
    more = ("Positive", "Opt-outs") if is_wide(width) else ()
    laid_out = table(width, name, "Rate", "Replied", "95 %", *more)
    _add_responses(laid_out, rows, width, largest)
    return laid_out


def _add_responses(
    laid_out: Table, rows: Sequence[tuple[str, Responses]], width: int, largest: float
) -> None:
    for name, responses in rows:
        response = responses.response
        more = (
            (percent_of(responses.positive), f"{responses.opt_outs.part:,}")
            if is_wide(width)
            else ()
        )
        laid_out.add_row(
            Text(name),
            bar(response, largest, bar_width(width), "cyan"),
            marked(response),
            of(response),
            interval(response),
            *more,
        )


def _add_templates(laid_out: Table, entry: TemplateComparison, largest: float, width: int) -> None:
    for place, one in enumerate(entry.templates):
        style = "green" if place == 0 else "red" if one is entry.templates[-1] else "cyan"
        laid_out.add_row(
            Text(f"  {printable(one.template_id)}"),
            bar(one.response, largest, bar_width(width), style),
            marked(one.response),
            of(one.response),
            interval(one.response),
        )


def _largest(rows: Sequence[tuple[str, Responses]]) -> float:
    """Return the rate that fills a bar: no rate of few decides it, unless there are no others."""
    rates = [responses.response for _, responses in rows]
    sure = [rate for rate in rates if not rate.is_of_few] or rates
    return max((rate.rate or 0.0 for rate in sure), default=0.0)
