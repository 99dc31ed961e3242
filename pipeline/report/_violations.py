"""The sections on broken rules and on events that could not be used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from pipeline.report._layout import bar_width, distinct, exact_bar, is_wide, table
from pipeline.report._model import Offender, Report
from pipeline.report._rate import Rate
from pipeline.report._text import campaign_name, count, of, percent

_SHOWN = 5
_WORST = 4


def rules(report: Report, width: int) -> Iterator[RenderableType]:
    """Print how many touches broke each rule."""
    violating = report.headline.violating
    if not violating.part:
        yield Text("No touch broke a rule.", style="green")
        return
    largest = max(entry.touches.rate or 0.0 for entry in report.rules)
    laid_out = table(width, "Rule", "Share", "Touches")
    for entry in report.rules:
        laid_out.add_row(
            Text(entry.rule),
            exact_bar(entry.touches, largest, bar_width(width), "red"),
            Text(percent(entry.touches), style="bold"),
            of(entry.touches),
        )
    yield laid_out
    yield Text(
        f"{of(violating, 'touches')} ({percent(violating)}) broke a rule, some of them several."
    )


def campaigns(report: Report, width: int) -> Iterator[RenderableType]:
    """Print the campaigns that broke most rules."""
    found = report.violating_campaigns
    names = distinct([(entry.workspace, campaign_name(entry.name)) for entry in found[:_SHOWN]])
    yield from _offenders("Campaign", names, found, width)
    all_violating = report.headline.violating.part
    if len(found) > _WORST:
        worst = Rate.of(sum(entry.touches.part for entry in found[:_WORST]), all_violating)
        yield Text(
            f"These first {_WORST} of {len(found)} campaigns sent {percent(worst)} of the "
            f"{all_violating:,} touches that broke a rule."
        )


def accounts(report: Report, width: int) -> Iterator[RenderableType]:
    """Print the accounts that broke most rules."""
    found = report.violating_accounts
    names = [f"{entry.platform}/{entry.name}" for entry in found[:_SHOWN]]
    owners = [entry.workspace for entry in found[:_SHOWN]]
    yield from _offenders("Account", distinct(list(zip(owners, names, strict=True))), found, width)


def dead_letters(report: Report, width: int) -> Iterator[RenderableType]:
    """Print why events could not be used."""
    del width
    letters = report.dead_letters
    if not letters.count:
        return
    yield Text(
        f"{count(letters.count, 'event')} could not be used; `outreach dead-letters list` shows "
        "them."
    )
    for reason, times in list(letters.reasons.items())[:_SHOWN]:
        yield Text(f"  {times:>6,}  {reason}", overflow="ellipsis", no_wrap=True)


def _offenders(
    title: str, names: Sequence[str], found: Sequence[Offender], width: int
) -> Iterator[RenderableType]:
    shown = found[: len(names)]
    if not shown:
        return
    more = ("Violations",) if is_wide(width) else ()
    laid_out = table(width, title, "Share", "Touches", *more, longest=24)
    most_often = None if is_wide(width) else 18
    laid_out.add_column("Most often", no_wrap=True, overflow="ellipsis", max_width=most_often)
    for name, entry in zip(names, shown, strict=True):
        rule, times = next(iter(entry.rules.items()))
        wide = (f"{entry.violations:,}",) if is_wide(width) else ()
        laid_out.add_row(
            Text(name),
            exact_bar(entry.touches, 1.0, bar_width(width) // 2, "red"),
            Text(percent(entry.touches), style="bold"),
            of(entry.touches),
            *wide,
            Text(f"{rule} ({times:,})" if is_wide(width) else rule),
        )
    yield laid_out
