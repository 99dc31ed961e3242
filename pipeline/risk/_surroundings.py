"""What is known of a campaign besides its own counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Final

from pipeline.campaigns import Campaign
from pipeline.copies import Scope, Window, read_window
from pipeline.events import CampaignId, Milliseconds, WorkspaceId
from pipeline.keyed import KeyedState
from pipeline.risk._inquiry import Given, given_by
from pipeline.risk._ripeness import last_ripe_hour
from pipeline.risk._settings import RiskSettings
from pipeline.risk._share import Share
from pipeline.risk._state import Minute, full_at
from pipeline.risk._workspace import answered_in_workspace

_SCOPE: Final = "campaign"
_HOURS_REMEMBERED: Final = 2**14

Usual = Callable[[WorkspaceId, int], Share]
"""How many attempts of a workspace were answered, in the window that ends with an hour."""


def campaign_scope(campaign: Campaign) -> Scope:
    """Return the scope within which a campaign's messages are compared."""
    return Scope(_SCOPE, tuple(campaign))


def campaign_of(scope: Scope) -> Campaign:
    """Return the campaign that a scope is of."""
    workspace, campaign_id = scope.ids
    return Campaign(WorkspaceId(workspace), CampaignId(campaign_id))


def usual_in(state: KeyedState, settings: RiskSettings) -> Usual:
    """Return what knows the workspaces as they stand now: campaigns share it for a while."""

    @lru_cache(maxsize=_HOURS_REMEMBERED)
    def usual(workspace: WorkspaceId, last: int) -> Share:
        return answered_in_workspace(state, workspace, last, settings)

    return usual


class Surroundings:
    """What surrounds one campaign, as long as no more is folded."""

    def __init__(
        self, state: KeyedState, campaign: Campaign, usual: Usual, settings: RiskSettings
    ) -> None:
        self._state = state
        self._workspace = campaign.workspace
        self._scope = campaign_scope(campaign)
        self._usual = usual
        self._settings = settings
        self._last = Window(), Given()

    def window(self, minute: Minute) -> Window:
        """Return what was sent in the window that ends with a minute. May read the disk."""
        return read_window(self._state, self._scope, Milliseconds(full_at(minute) - 1))

    def given(self, minute: Minute) -> Given:
        """Return what one knows of a minute. May read the disk."""
        window = self.window(minute)
        if window != self._last[0]:
            # For hours nothing comes into it and nothing leaves it.
            self._last = window, given_by(window)
        usual = self._usual(self._workspace, last_ripe_hour(minute, self._settings))
        return replace(self._last[1], workspace_answered=usual)
