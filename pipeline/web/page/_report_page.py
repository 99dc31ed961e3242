"""The page that shows a report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from pipeline.report import Report, text
from pipeline.web.page._document import document
from pipeline.web.page._headline import headline
from pipeline.web.page._hours import hours
from pipeline.web.page._letters import dead_letters
from pipeline.web.page._markup import Markup, element, join
from pipeline.web.page._responses import campaigns, platforms
from pipeline.web.page._risk import riskiest_campaigns
from pipeline.web.page._steps import steps
from pipeline.web.page._tables import link
from pipeline.web.page._violations import rules, violating_accounts, violating_campaigns

SECTIONS: tuple[Callable[[Report], Markup], ...] = (
    platforms,
    campaigns,
    steps,
    hours,
    riskiest_campaigns,
    rules,
    violating_campaigns,
    violating_accounts,
    dead_letters,
)
"""In the order in which they stand on the page."""
_NO_SCOPE = (None, None)


class Moment(NamedTuple):
    """What the system was doing when its report was read."""

    at: datetime
    """In UTC."""
    lag: int
    """How many records it had yet to process."""
    is_running: bool


def render_report(report: Report, moment: Moment) -> str:
    """Return the page, which keeps itself up to date."""
    content = _nothing(report) if report.is_empty else _everything(report)
    live = element(
        "div",
        element("header", element("div", *_titles(report)), _state(moment)),
        element("main", *content),
        id="live",
    )
    return document("Outreach", live, refreshing=True)


def render_notice(title: str, message: str, *, go_to: str | None = None) -> str:
    """Return a page with a sentence for who cannot see the report; `go_to`: it leads there.

    What stands between backticks in the sentence is code.
    """
    onward = [] if go_to is None else [element("meta", http_equiv="refresh", content=f"0;{go_to}")]
    by_hand = [] if go_to is None else [element("p", link("Go on", go_to))]
    inner = element(
        "main", element("h1", title), element("p", *_with_code(message)), *by_hand, class_="notice"
    )
    return document(title, inner, *onward)


def _with_code(message: str) -> list[str]:
    """Set what stands between backticks as code."""
    parts = message.split("`")
    return [element("code", part) if at % 2 else part for at, part in enumerate(parts)]


def _titles(report: Report) -> list[Markup]:
    found, scope = report.headline, report.scope
    titles = [element("h1", "Outreach")]
    if found.first_sent_at is not None and found.last_sent_at is not None:
        days = f"{text.day(found.first_sent_at)} to {text.day(found.last_sent_at)}, UTC"
        titles.append(element("p", days))
    if (scope.workspace, scope.campaign) != _NO_SCOPE:
        named = [] if scope.campaign is None else [f"Campaign {text.campaign_name(scope.campaign)}"]
        named += [] if scope.workspace is None else [f"Workspace {scope.workspace}"]
        everything = link("Show everything", "/")
        titles.append(element("p", ", ".join(named), " ", everything, class_="scope"))
    return titles


def _state(moment: Moment) -> Markup:
    if not moment.is_running:
        tone, said = "bad", "The agents have stopped"
    elif moment.lag:
        tone, said = "busy", f"Processing, {text.count(moment.lag, 'record')} to go"
    else:
        tone, said = "good", "Up to date"
    at = element(
        "time", f"{moment.at:%H:%M:%S} UTC", datetime=moment.at.isoformat(timespec="seconds")
    )
    return element("p", element("span", said, class_=f"state {tone}"), " ", at, id="state")


def _everything(report: Report) -> list[Markup]:
    return [headline(report), *(show(report) for show in SECTIONS)]


def _nothing(report: Report) -> list[Markup]:
    if (report.scope.workspace, report.scope.campaign) != _NO_SCOPE:
        return [element("p", "There is no message of this.", class_="nothing")]
    command = element("code", "outreach import FILE... --data DIR")
    words = join(["Nothing was loaded yet. Load a log of messages with ", command, "."])
    return [element("p", words, class_="nothing"), dead_letters(report)]
