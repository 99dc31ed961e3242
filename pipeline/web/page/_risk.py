"""The section on the campaigns that most look like spam."""

from __future__ import annotations

from pipeline.report import Rate, Report, RiskyCampaign, text
from pipeline.web.page._bars import Tone, bar
from pipeline.web.page._markup import Markup, element
from pipeline.web.page._responses import campaign_link
from pipeline.web.page._tables import section

_SHOWN = 8
_REASONS = 2
_HIGHEST = 100


def riskiest_campaigns(report: Report) -> Markup:
    """Show the campaigns with the greatest spam risk; nothing where there is none."""
    found = report.riskiest_campaigns[:_SHOWN]
    if not found:
        return Markup()
    several = report.headline.workspaces > 1
    head = element(
        "tr",
        element("th", "Campaign", scope="col"),
        element("td", class_="bars"),
        element("th", "Risk", scope="col", class_="number"),
        element("th", "Alert", scope="col", class_="number more"),
    )
    shown = element(
        "table",
        element("caption", "Spam risk by campaign, the greatest first, and what it comes of"),
        element("thead", head),
        element("tbody", *(_row(each, with_workspace=several) for each in found)),
    )
    return section("riskiest-campaigns", "Riskiest campaigns", shown)


def _row(campaign: RiskyCampaign, *, with_workspace: bool) -> Markup:
    name = campaign_link(campaign.workspace, campaign.campaign_id, with_workspace=with_workspace)
    reasons = "; ".join(campaign.reasons[:_REASONS])
    drawn = bar(Rate.of(campaign.risk, _HIGHEST), 1.0, Tone.PROBLEM, exact=True)
    risk = element("b", str(campaign.risk)), element("small", f"of {_HIGHEST}")
    return element(
        "tr",
        element("th", name, element("small", reasons), scope="row"),
        element("td", drawn, class_="bars"),
        element("td", *risk, class_="number"),
        element("td", _alert(campaign), class_="number more"),
    )


def _alert(campaign: RiskyCampaign) -> str:
    since = campaign.alert_open_since
    opened = [] if since is None else [f"open since {text.minute(since)}"]
    return ", ".join([*opened, *(["paused"] * campaign.is_paused)])
