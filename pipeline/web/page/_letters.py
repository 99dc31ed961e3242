"""The section on events that could not be used."""

from __future__ import annotations

from pipeline.report import Report, text
from pipeline.web.page._markup import Markup, element
from pipeline.web.page._tables import note, section


def dead_letters(report: Report) -> Markup:
    """Show why events could not be used; nothing where all could."""
    letters = report.dead_letters
    if not letters.count:
        return Markup()
    head = element(
        "tr",
        element("th", "Reason", scope="col"),
        element("th", "Events", scope="col", class_="number"),
    )
    rows = [
        element(
            "tr", element("th", reason, scope="row"), element("td", f"{times:,}", class_="number")
        )
        for reason, times in letters.reasons.items()
    ]
    shown = element(
        "table",
        element("caption", "Events that could not be used, by reason; nothing of them is lost"),
        element("thead", head),
        element("tbody", *rows),
        class_="reasons",
    )
    command = element("code", "outreach dead-letters list")
    below = note(f"{text.count(letters.count, 'event')} in all, of every workspace. ", command)
    return section("dead-letters", "Dead letters", shown, below)
