"""What the data team sees of risk and alerts."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from pipeline.accounts import MessageRef
from pipeline.alerts import Alert, AlertChange, Example
from pipeline.campaigns import Campaign
from pipeline.events import CampaignId, Milliseconds
from pipeline.risk._alerts import AlertStep
from pipeline.risk._course import RiskAt
from pipeline.risk._risk import Risk
from pipeline.risk._state import full_at
from pipeline.signals import SignalCode


class SignalRef(NamedTuple):
    """A touch, and a trait that it may have."""

    message: MessageRef
    signal: SignalCode
    campaign_id: CampaignId


class SignalRow(NamedTuple):
    """A row of `signals` as it now stands; no evidence when the touch has not the trait any more.

    Where a trait is shown by what is missing, the evidence is empty.
    """

    sent_at: Milliseconds
    evidence: str | None


class CampaignRiskRow(NamedTuple):
    """A row of `campaign_risk`."""

    campaign: Campaign
    risk: int
    signals: str
    """JSON: a list of `{"signal", "strength", "adds", "evidence"}`, what weighs most first."""
    paused: bool
    updated_at: Milliseconds
    """When the minute was full that it is the risk of."""
    withdrawn: bool = False

    @classmethod
    def of_nothing(cls, campaign: Campaign) -> CampaignRiskRow:
        """Return the row of a campaign of which nothing is left: none."""
        return cls(campaign, 0, "[]", paused=False, updated_at=Milliseconds(0), withdrawn=True)


class AlertRow(NamedTuple):
    """A row of `alerts`, as one change leaves it: that of the greatest sequence holds."""

    alert: Alert
    highest: int
    """The highest risk since it opened."""
    resolved_at: Milliseconds | None


def signals_json(risk: Risk) -> str:
    """Return the parts of a risk as `CampaignRiskRow.signals` has them.

    >>> signals_json(Risk(0, ()))
    '[]'
    """
    parts = [
        {
            "signal": part.signal.value,
            "strength": round(part.strength, 1),
            "adds": round(part.adds, 1),
            "evidence": part.sentence,
        }
        for part in risk.parts
    ]
    return msgspec.json.encode(parts).decode()


def campaign_risk_row(campaign: Campaign, seen: RiskAt, *, paused: bool) -> CampaignRiskRow:
    """Return the row of a campaign whose newest risk this is."""
    return CampaignRiskRow(
        campaign, seen.risk.score, signals_json(seen.risk), paused, full_at(seen.minute)
    )


def alert_row(
    campaign: Campaign,
    change: AlertStep,
    examples: tuple[Example, ...],
    *,
    paused: bool,
) -> AlertRow:
    """Return the row that a change of an alert leaves."""
    alert = Alert(
        alert_id=change.alert_id,
        workspace=campaign.workspace,
        campaign_id=campaign.campaign_id,
        sequence=change.sequence,
        change=change.change,
        risk=change.risk.score,
        at=change.at,
        opened_at=change.opened_at,
        paused=paused,
        evidence=change.evidence,
        examples=examples,
    )
    resolved = change.change is AlertChange.RESOLVED
    return AlertRow(alert, change.highest, change.at if resolved else None)
