"""A pause, or the end of one: what somebody decided about a campaign."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NewType
from uuid import UUID, uuid5

import msgspec

from pipeline.events import CampaignId, Milliseconds, WorkspaceId
from pipeline.keyed import key_of

PauseId = NewType("PauseId", str)

_NAMESPACE: Final = UUID("b1f5a0d2-6a8e-5c5e-8f0e-3f0a4c1d9e27")
"""Ours alone, so that our ids collide with nobody's."""


class PausedBy(StrEnum):
    """Who decides about a campaign."""

    PERSON = "person"
    RISK = "risk"
    """Its own spam risk, where the policy lets it."""


class Pause(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """From a moment on a campaign is paused, or is not any more: a fact."""

    pause_id: PauseId
    workspace: WorkspaceId
    campaign_id: CampaignId
    at: Milliseconds
    """From when it holds, this moment included, until the next one of the campaign."""
    paused: bool
    """False ends a pause."""
    by: PausedBy
    name: str = ""
    """The person's; empty where it is unknown, or no person decided."""
    reasons: tuple[str, ...] = ()
    """Plain words, the gravest first."""

    @property
    def rank(self) -> tuple[Milliseconds, PauseId]:
        """Return its place among those of its campaign."""
        return self.at, self.pause_id

    @property
    def who(self) -> str:
        """Return who decided, in words.

        >>> at = Milliseconds(0)
        >>> pause = Pause(PauseId("p"), WorkspaceId("w"), CampaignId("c"), at, True, PausedBy.RISK)
        >>> pause.who
        'its spam risk'
        """
        return "its spam risk" if self.by is PausedBy.RISK else self.name or "a person"


def pause_id_of(workspace: WorkspaceId, campaign_id: CampaignId, *, cause: str) -> PauseId:
    """Return the id of a pause: always the same for a campaign and what brought it about."""
    return PauseId(str(uuid5(_NAMESPACE, key_of(workspace, campaign_id, cause))))
