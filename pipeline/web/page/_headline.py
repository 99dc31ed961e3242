"""The figures to look at first."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.report import Report, text
from pipeline.web.page._markup import Markup, element


class _Figure(NamedTuple):
    name: str
    value: str
    note: str
    tone: str | None = None


def headline(report: Report) -> Markup:
    """Return the figures, each with what it is of."""
    return element("dl", *map(_drawn, _figures(report)), class_="figures")


def _figures(report: Report) -> list[_Figure]:
    found, letters = report.headline, report.dead_letters.count
    response, positive = found.response, found.positive
    opt_outs, violating = found.opt_outs, found.violating
    return [
        _Figure("Response rate", text.percent(response), text.of(response, "attempts"), "rate"),
        _Figure("Positive", text.percent(positive), f"{text.of(positive)} answers", "rate"),
        _Figure(
            "Median time to reply",
            text.span(found.median_seconds_to_reply),
            f"mean {text.span(found.mean_seconds_to_reply)}",
        ),
        _Figure(
            "Broke a rule",
            text.percent(violating),
            text.of(violating, "touches"),
            "bad" if violating.part else "good",
        ),
        _Figure(
            "Opt-outs per 100",
            text.per_hundred(opt_outs),
            text.of(opt_outs, "attempts"),
            "warn" if opt_outs.part else "good",
        ),
        _Figure("Touches", f"{found.touches:,}", f"by {text.count(found.accounts, 'account')}"),
        _Figure(
            "Creators reached",
            f"{found.creators_reached:,}",
            f"in {text.count(found.workspaces, 'workspace')}",
        ),
        _Figure(
            "Replies", f"{found.replies:,}", text.count(found.audience_messages, "audience message")
        ),
        _Figure("Campaigns", f"{found.campaigns:,}", text.count(response.whole, "attempt")),
        _Figure(
            "Dead letters",
            f"{letters:,}",
            "events that could not be used" if letters else "every event could be used",
            "warn" if letters else None,
        ),
    ]


def _drawn(figure: _Figure) -> Markup:
    return element(
        "div",
        element("dt", figure.name),
        element("dd", figure.value, class_=" ".join(filter(None, ("value", figure.tone)))),
        element("dd", figure.note, class_="of"),
    )
