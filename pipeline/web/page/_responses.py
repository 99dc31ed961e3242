"""The sections on who answers: platforms and campaigns."""

from __future__ import annotations

from urllib.parse import urlencode

from pipeline.report import Report, Responses, text
from pipeline.web.page._bars import Tone, bar, full_width
from pipeline.web.page._markup import Markup, element
from pipeline.web.page._tables import Row, explained, link, named, section, table

PLATFORMS = {"instagram": "Instagram", "tiktok": "TikTok", "x": "X", "linkedin": "LinkedIn"}
"""How the platforms write themselves."""
_SHOWN = 10
_MORE = ("95 %", "Positive", "Opt-outs")


def platforms(report: Report) -> Markup:
    """Show what came of the attempts on each platform."""
    full = full_width(entry.responses.response for entry in report.platforms)
    rows = [
        _row(named(PLATFORMS.get(entry.platform, entry.platform)), entry.responses, full)
        for entry in report.platforms
    ]
    shown = table("Attempts that got a reply, by platform", "Platform", "Replied", rows, *_MORE)
    return section("platforms", "Response rate by platform", shown, *explained(rows))


def campaigns(report: Report) -> Markup:
    """Show what came of each campaign's attempts: the best, and the others below a fold."""
    found = report.campaigns
    full = full_width(entry.responses.response for entry in found)
    several = report.headline.workspaces > 1
    rows = [
        _row(
            campaign_link(entry.workspace, entry.campaign_id, with_workspace=several),
            entry.responses,
            full,
        )
        for entry in found
    ]
    first, rest = rows[:_SHOWN], rows[_SHOWN:]
    caption = "Attempts that got a reply, by campaign, the best answered first"
    shown = [table(caption, "Campaign", "Replied", first, *_MORE)]
    if rest:
        summary = element(
            "summary", text.count(len(rest), "more campaign"), id="more-campaigns-fold"
        )
        others = table("The other campaigns", "Campaign", "Replied", rest, *_MORE)
        shown.append(element("details", summary, others, id="more-campaigns"))
    return section("campaigns", "Response rate by campaign", *shown, *explained(rows))


def campaign_link(workspace: str, campaign_id: str, *, with_workspace: bool) -> Markup:
    """Return the name of a campaign, which leads to its own report."""
    address = f"/?{urlencode({'workspace': workspace, 'campaign': campaign_id})}"
    name = link(text.campaign_name(campaign_id), address)
    return named(name, workspace if with_workspace else "")


def _row(name: Markup, responses: Responses, full: float) -> Row:
    response = responses.response
    return Row(
        name,
        bar(response, full, Tone.RATE),
        response,
        (
            text.interval(response),
            text.percent_of(responses.positive),
            f"{responses.opt_outs.part:,}",
        ),
    )
