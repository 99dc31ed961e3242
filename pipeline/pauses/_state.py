"""The pauses that a partition knows, kept by workspace: they are few, and most campaigns have none.

Kept next to what they bear upon, they are asked for as often as there are touches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from pipeline.events import CampaignId, Milliseconds, WorkspaceId
from pipeline.keyed import KeyedState, Kind
from pipeline.pauses._pause import Pause
from pipeline.pauses._timeline import in_force

Pauses = tuple[Pause, ...]
"""Those of one campaign, in their order."""


class PausesOfWorkspace(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """All pauses that were ever decided, by campaign."""

    campaigns: dict[CampaignId, Pauses] = {}


PAUSES: Final = Kind("u", PausesOfWorkspace)
_NONE: Final = PausesOfWorkspace()


class PauseBook:
    """The pauses of a partition; of each workspace as they stood when it was first asked for."""

    def __init__(self, state: KeyedState) -> None:
        self._state = state
        self._read: dict[WorkspaceId, Mapping[CampaignId, Pauses]] = {}

    def of_workspace(self, workspace: WorkspaceId) -> Mapping[CampaignId, Pauses]:
        """Return the pauses of each campaign that ever had one. May read the disk once."""
        campaigns = self._read.get(workspace)
        if campaigns is None:
            campaigns = (self._state.get(PAUSES, workspace) or _NONE).campaigns
            self._read[workspace] = campaigns
        return campaigns

    def of(self, workspace: WorkspaceId, campaign_id: CampaignId) -> Pauses:
        """Return the pauses of a campaign, in their order. May read the disk once."""
        return self.of_workspace(workspace).get(campaign_id, ())

    def in_force(
        self, workspace: WorkspaceId, campaign_id: CampaignId, at: Milliseconds
    ) -> Pause | None:
        """Return what was decided last of a campaign at a moment. May read the disk once."""
        pauses = self.of_workspace(workspace).get(campaign_id)
        return None if pauses is None else in_force(pauses, at)


def add_pauses(state: KeyedState, pauses: Iterable[Pause]) -> list[Pause]:
    """Add pauses, and return those that were new: an id that is known changes nothing.

    Their order means nothing. May read the disk.
    """
    by_workspace: defaultdict[WorkspaceId, list[Pause]] = defaultdict(list)
    for pause in pauses:
        by_workspace[pause.workspace].append(pause)
    new: list[Pause] = []
    for workspace, some in by_workspace.items():
        there = state.get(PAUSES, workspace) or _NONE
        campaigns = dict(there.campaigns)
        for pause in some:
            before = campaigns.get(pause.campaign_id, ())
            if all(pause.pause_id != known.pause_id for known in before):
                campaigns[pause.campaign_id] = tuple(sorted((*before, pause), key=_rank))
                new.append(pause)
        if campaigns != there.campaigns:
            state.put(PAUSES, workspace, PausesOfWorkspace(campaigns))
    return new


def _rank(pause: Pause) -> tuple[Milliseconds, str]:
    return pause.rank
