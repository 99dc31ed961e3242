"""What stands in the log about telling people."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from pipeline.alerts._alert import AlertId
from pipeline.events import CampaignId, Milliseconds, WorkspaceId


class Outcome(StrEnum):
    """How the attempts to tell a notifier ended."""

    DELIVERED = "delivered"
    """It took the notice."""
    GIVEN_UP = "given_up"
    """It will never take this notice."""


class Delivery(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A notice that a notifier has taken, or that was given up."""

    alert_id: AlertId
    workspace: WorkspaceId
    campaign_id: CampaignId
    notifier: str
    sequence: int
    """The latest change of the alert that the notice told of: there is no need to tell any up to
    that one."""
    outcome: Outcome
    at: Milliseconds
    key: str
    """The notice's idempotency key."""
    reason: str = ""
    """Why it was given up."""


class NotifierChange(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A notifier has come into use, or is used no more.

    Without it a new notifier would be told of all alerts that ever were.
    """

    notifier: str
    at: Milliseconds
    in_use: bool
