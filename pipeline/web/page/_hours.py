"""The section on when openers are answered: the hours of the week, darker where it is better."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.report import Rate, Report, text
from pipeline.web.page._markup import Markup, element
from pipeline.web.page._tables import note, section

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ENOUGH = 20
"""An hour with fewer attempts says nothing."""
_SHADES = 5


def hours(report: Report) -> Markup:
    """Show the response rate of each hour of the week; nothing where too few attempts were made."""
    found = {(entry.weekday, entry.hour): entry.response for entry in report.hours}
    rates = sorted(
        rate.rate for rate in found.values() if rate.rate is not None and rate.whole >= _ENOUGH
    )
    if len(rates) < _SHADES:
        return Markup()
    limits = [rates[len(rates) * part // _SHADES] for part in range(1, _SHADES)]
    head = element(
        "tr",
        element("td"),
        *(element("th", f"{hour:02}", scope="col") for hour in range(24)),
    )
    rows = [
        element(
            "tr",
            element("th", name, scope="row"),
            *(_cell(name, hour, found.get((weekday, hour)), limits) for hour in range(24)),
        )
        for weekday, name in enumerate(_DAYS, 1)
    ]
    shown = element(
        "table",
        element("caption", "Per cent of the attempts opened in each hour that got a reply"),
        element("thead", head),
        element("tbody", *rows),
        class_="hours",
    )
    below = note(f"Empty: fewer than {_ENOUGH} attempts. Darker is better, in fifths of the hours.")
    return section("hours", "Response rate by the opener's hour, UTC", shown, below)


def _cell(day: str, hour: int, rate: Rate | None, limits: Sequence[float]) -> Markup:
    if rate is None or rate.rate is None or rate.whole < _ENOUGH:
        return element("td", class_="few")
    shade = sum(rate.rate >= limit for limit in limits)
    title = f"{day} {hour:02}:00: {text.percent_of(rate)}"
    return element("td", f"{rate.rate * 100:.0f}", class_=f"shade-{shade}", title=title)
