"""Alerts and what was told of them, for tests."""

from __future__ import annotations

from hypothesis import strategies as st

from pipeline.alerts import (
    Alert,
    AlertChange,
    AlertId,
    Delivery,
    DeliveryRecord,
    NotifierChange,
    Outcome,
    idempotency_key,
)
from pipeline.events import CampaignId, Milliseconds, WorkspaceId

NORTHFOLD = WorkspaceId("northfold")
MINUTE = 60_000


def alert(
    sequence: int = 0,
    risk: int = 80,
    *,
    over: bool = False,
    alert_id: str = "a",
    workspace: str = NORTHFOLD,
) -> Alert:
    """Return an alert after one of its changes, one a minute."""
    change = AlertChange.UPDATED if sequence else AlertChange.OPENED
    return Alert(
        alert_id=AlertId(alert_id),
        workspace=WorkspaceId(workspace),
        campaign_id=CampaignId("spring"),
        sequence=sequence,
        change=AlertChange.RESOLVED if over else change,
        risk=risk,
        at=Milliseconds(sequence * MINUTE),
        opened_at=Milliseconds(0),
    )


def told(
    sequence: int,
    notifier: str = "on-call",
    outcome: Outcome = Outcome.DELIVERED,
    *,
    alert_id: str = "a",
) -> Delivery:
    """Return the fact that a notifier was told of a change."""
    return Delivery(
        alert_id=AlertId(alert_id),
        workspace=NORTHFOLD,
        campaign_id=CampaignId("spring"),
        notifier=notifier,
        sequence=sequence,
        outcome=outcome,
        at=Milliseconds(sequence * MINUTE + 1),
        key=idempotency_key(AlertId(alert_id), sequence, notifier),
    )


def courses(alert_id: str = "a") -> st.SearchStrategy[list[Alert]]:
    """Draw all changes of one alert."""

    def course(risks: list[int], over: bool) -> list[Alert]:  # noqa: FBT001 - drawn by position
        last = len(risks) - 1
        return [
            alert(sequence, risk, over=over and 0 < sequence == last, alert_id=alert_id)
            for sequence, risk in enumerate(risks)
        ]

    return st.builds(course, st.lists(st.integers(60, 100), min_size=1, max_size=8), st.booleans())


def histories() -> st.SearchStrategy[list[DeliveryRecord]]:
    """Draw the facts of a few alerts and notifiers."""
    ids, names = st.sampled_from("ab"), st.sampled_from(["on-call", "slack"])
    deliveries = st.builds(
        lambda sequence, name, outcome, alert_id: told(sequence, name, outcome, alert_id=alert_id),
        st.integers(0, 7),
        names,
        st.sampled_from(Outcome),
        ids,
    )
    changes = st.builds(NotifierChange, names, st.integers(0, 3).map(Milliseconds), st.booleans())
    return st.builds(
        lambda one, other, rest: [*one, *other, *rest],
        courses("a"),
        courses("b"),
        st.lists(deliveries | changes, max_size=10),
    )
