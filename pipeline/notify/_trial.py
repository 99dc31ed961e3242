"""A notice by which people see that alerts arrive."""

from __future__ import annotations

from uuid import uuid4

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


def trial_notice(notifier: str, now: Milliseconds) -> Notice:
    """Return a notice that nobody can take for a real alert; each is another one."""
    alert = Alert(
        alert_id=AlertId(f"test-{uuid4()}"),
        workspace=WorkspaceId("test"),
        campaign_id=CampaignId("test"),
        sequence=0,
        change=AlertChange.OPENED,
        risk=0,
        at=now,
        opened_at=now,
        evidence=("This is where the evidence of an alert stands.",),
        examples=(
            Example(
                Platform.INSTAGRAM,
                AccountId("test-account"),
                CreatorId("test-creator"),
                MessageId("test-message"),
                now,
                "This is where an example stands.",
            ),
        ),
    )
    return Notice(idempotency_key(alert.alert_id, 0, notifier), alert, is_test=True)
