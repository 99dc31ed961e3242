"""The section on the campaigns that most look like spam."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from pipeline.report._layout import bar_width, distinct, table
from pipeline.report._model import Report, RiskyCampaign
from pipeline.report._text import campaign_name, minute, printable

_SHOWN = 5
_REASONS = 2
_GRAVE = 60
"""From this risk on an alert opens."""


def riskiest_campaigns(report: Report, width: int) -> Iterator[RenderableType]:
    """Print the campaigns with the greatest risk, and what it comes of."""
    shown = report.riskiest_campaigns[:_SHOWN]
    if not shown:
        return
    names = distinct([(each.workspace, campaign_name(each.campaign_id)) for each in shown])
    laid_out = table(width, "Campaign", "Risk")
    laid_out.add_column("Alert", no_wrap=True)
    for name, each in zip(names, shown, strict=True):
        laid_out.add_row(
            Text(name),
            _bar(each, bar_width(width)),
            Text(str(each.risk), style="bold"),
            _alert(each),
        )
    yield laid_out
    for name, each in zip(names, shown, strict=True):
        if each.reasons:
            reasons = "; ".join(map(printable, each.reasons[:_REASONS]))
            yield Text.assemble((f"{name}: ", "bold"), f"{reasons}.")


def _bar(campaign: RiskyCampaign, width: int) -> Text:
    length = round(campaign.risk / 100 * width)
    style = "red" if campaign.risk >= _GRAVE else "yellow"
    return Text("━" * length, style=style).append(" " * (width - length))


def _alert(campaign: RiskyCampaign) -> Text:
    since = campaign.alert_open_since
    told = [] if since is None else [f"open since {minute(since)}"]
    return Text(", ".join([*told, *(["paused"] * campaign.is_paused)]))
