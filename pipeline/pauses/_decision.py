"""What a person decides about a campaign, and how it is told to programs."""

from __future__ import annotations

from typing import Annotated, Self

import msgspec
from msgspec import Meta

from pipeline.events import CampaignId, Milliseconds, WorkspaceId
from pipeline.pauses._pause import Pause, PausedBy, PauseId, pause_id_of

Id = Annotated[str, Meta(min_length=1, max_length=512)]
Name = Annotated[str, Meta(max_length=200)]
Reason = Annotated[str, Meta(min_length=1, max_length=1000)]


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A campaign is to be paused, or to go on; limits of length are checked where it is decoded."""

    campaign_id: Id
    paused: bool
    workspace: Id = "default"
    name: Name = ""
    """The person's."""
    reasons: Annotated[tuple[Reason, ...], Meta(max_length=10)] = ()

    def made_at(self, moment: Milliseconds) -> Pause:
        """Return it as a fact that holds from a moment on."""
        workspace, campaign_id = WorkspaceId(self.workspace), CampaignId(self.campaign_id)
        cause = f"{PausedBy.PERSON} {self.paused} {moment}"
        return Pause(
            pause_id_of(workspace, campaign_id, cause=cause),
            workspace,
            campaign_id,
            moment,
            paused=self.paused,
            by=PausedBy.PERSON,
            name=self.name,
            reasons=self.reasons,
        )


class Decided(msgspec.Struct, frozen=True):
    """A pause, or the end of one, as JSON has it; `at` is in milliseconds since 1970 (UTC)."""

    pause_id: PauseId
    workspace: WorkspaceId
    campaign_id: CampaignId
    paused: bool
    at: Milliseconds
    by: PausedBy
    name: str
    reasons: tuple[str, ...]

    @classmethod
    def of(cls, pause: Pause) -> Self:
        """Return the same."""
        return cls(**msgspec.structs.asdict(pause))
