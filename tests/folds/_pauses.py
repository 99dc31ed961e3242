"""Pauses of the pipeline out of those of the reference."""

from __future__ import annotations

from pipeline.events import CampaignId, Milliseconds, WorkspaceId
from pipeline.pauses import Pause, PausedBy, PauseId
from tests.reference import model


def as_fact(pause: model.Pause) -> Pause:
    """Return the pause as an event of the log brings it."""
    return Pause(
        PauseId(pause.pause_id),
        WorkspaceId(pause.workspace),
        CampaignId(pause.campaign_id),
        Milliseconds(pause.at),
        paused=pause.paused,
        by=PausedBy.PERSON,
    )


def paused(at: int, pause_id: str = "p1", campaign_id: str = "spring") -> Pause:
    """Return that a campaign is paused from a moment on."""
    return as_fact(model.Pause(pause_id, at, campaign_id=campaign_id))


def resumed(at: int, pause_id: str = "p2", campaign_id: str = "spring") -> Pause:
    """Return that a campaign goes on from a moment on."""
    return as_fact(model.Pause(pause_id, at, paused=False, campaign_id=campaign_id))
