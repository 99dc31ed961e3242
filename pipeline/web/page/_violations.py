"""The sections on broken rules and on who breaks them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.report import Offender, Report, text
from pipeline.web.page._bars import Tone, bar, highest
from pipeline.web.page._markup import Markup, element
from pipeline.web.page._responses import PLATFORMS, campaign_link
from pipeline.web.page._tables import Row, named, note, section, table

_SHOWN = 8
_MORE = ("Violations", "Most often")


def rules(report: Report) -> Markup:
    """Show how many touches broke each rule."""
    violating = report.headline.violating
    if not violating.part:
        return section("rules", "Broken rules", note("No touch broke a rule."))
    full = highest(entry.touches for entry in report.rules)
    rows = [
        Row(
            named(entry.rule),
            bar(entry.touches, full, Tone.PROBLEM, exact=True),
            entry.touches,
            is_exact=True,
        )
        for entry in report.rules
    ]
    shown = table("Touches that broke each rule", "Rule", "Touches", rows)
    return section(
        "rules",
        "Broken rules",
        shown,
        note(f"{text.of(violating, 'touches')} broke a rule, some of them several."),
    )


def violating_campaigns(report: Report) -> Markup:
    """Show the campaigns with the most touches that broke a rule."""
    several = report.headline.workspaces > 1
    found = report.violating_campaigns
    names = [campaign_link(entry.workspace, entry.name, with_workspace=several) for entry in found]
    return _offenders("violating-campaigns", "campaign", names, found)


def violating_accounts(report: Report) -> Markup:
    """Show the accounts with the most touches that broke a rule."""
    several = report.headline.workspaces > 1
    found = report.violating_accounts
    names = [
        named(
            entry.name,
            " · ".join(
                [PLATFORMS.get(entry.platform, entry.platform), *([entry.workspace] * several)]
            ),
        )
        for entry in found
    ]
    return _offenders("violating-accounts", "account", names, found)


def _offenders(
    identity: str, kind: str, names: Sequence[Markup], found: Sequence[Offender]
) -> Markup:
    if not found:
        return Markup()
    rows = [
        Row(
            name,
            bar(entry.touches, 1.0, Tone.PROBLEM, exact=True),
            entry.touches,
            (f"{entry.violations:,}", _most_often(entry)),
            is_exact=True,
        )
        for name, entry in zip(names[:_SHOWN], found, strict=False)
    ]
    title = f"{kind.title()}s that break most rules"
    caption = f"Touches that broke a rule, by {kind}, the most first"
    return section(identity, title, table(caption, kind.title(), "Broke a rule", rows, *_MORE))


def _most_often(entry: Offender) -> Markup:
    rule, times = next(iter(entry.rules.items()))
    return element("span", rule, element("small", text.count(times, "touch")))
