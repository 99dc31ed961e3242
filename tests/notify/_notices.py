"""Notices for tests."""

from __future__ import annotations

from pipeline.alerts import Alert, AlertChange, AlertId, Example, Notice, idempotency_key
from pipeline.events import (
    AccountId,
    CampaignId,
    CreatorId,
    MessageId,
    Milliseconds,
    Platform,
    WorkspaceId,
)

NOON = Milliseconds(1_795_521_600_000)
"""2026-11-24T12:00:00Z."""
MINUTE = 60_000
HOUR = 60 * MINUTE


def alert(
    sequence: int = 0,
    change: AlertChange = AlertChange.OPENED,
    *,
    alert_id: str = "a-1",
    risk: int = 87,
    at: int = NOON,
    workspace: str = "northfold",
    campaign: str = "spring",
    evidence: tuple[str, ...] = ("48 of 51 openers were copies of one text.",),
    texts: tuple[str, ...] = ("Hi Ana! Love your page.",),
) -> Alert:
    """Return an alert that opened at noon."""
    return Alert(
        alert_id=AlertId(alert_id),
        workspace=WorkspaceId(workspace),
        campaign_id=CampaignId(campaign),
        sequence=sequence,
        change=change,
        risk=risk,
        at=Milliseconds(at),
        opened_at=NOON,
        paused=True,
        evidence=evidence,
        examples=tuple(
            Example(
                Platform.INSTAGRAM,
                AccountId("northfold.outdoor"),
                CreatorId(f"creator-{number}"),
                MessageId(f"m-{number}"),
                Milliseconds(NOON - MINUTE),
                text,
            )
            for number, text in enumerate(texts)
        ),
    )


def updated(sequence: int, risk: int = 93, *, alert_id: str = "a-1") -> Alert:
    """Return the alert after a change, so many minutes after it opened."""
    at = NOON + sequence * MINUTE
    return alert(sequence, AlertChange.UPDATED, alert_id=alert_id, risk=risk, at=at)


def resolved(sequence: int, *, alert_id: str = "a-1", minutes: int = 60) -> Alert:
    """Return the alert at its end, so many minutes after it opened."""
    at = NOON + minutes * MINUTE
    return alert(sequence, AlertChange.RESOLVED, alert_id=alert_id, risk=12, at=at)


def notice(told: Alert | None = None, *, is_test: bool = False) -> Notice:
    """Return what somebody is told of it for the first time."""
    chosen = told or alert()
    key = idempotency_key(chosen.alert_id, chosen.sequence, "on-call")
    return Notice(key, chosen, is_test=is_test)
