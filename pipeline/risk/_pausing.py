"""Campaigns that their spam risk pauses, as far as the policy lets it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from pipeline.accounts import policies_in
from pipeline.campaigns import Campaign
from pipeline.events import Milliseconds
from pipeline.keyed import KeyedState, Kind, key_of
from pipeline.pauses import Pause, PauseBook, PausedBy, add_pauses, pause_id_of
from pipeline.risk._alert_state import AlertState
from pipeline.risk._course import RiskAt
from pipeline.risk._evidence import sentences_of
from pipeline.risk._risk import Risk
from pipeline.risk._state import Minute


class Tripped(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """That a campaign's risk has reached what pauses it, and has not been low since."""

    minute: Minute


TRIPPED: Final = Kind("g", Tripped)
"""Keep one for each campaign of which that is so, under `key_of(*campaign)`, as what was told."""


class Pausing:
    """Pauses campaigns at one moment, and knows which of them are paused."""

    def __init__(self, state: KeyedState, told: KeyedState, now: Milliseconds, *, low: int) -> None:
        """Use `state`, which has the pauses and policies, and what stands in `told`.

        Below the risk `low` a case is over.
        """
        self._state = state
        self._told = told
        self._now = now
        self._low = low
        self.decided: list[Pause] = []
        """What comes of looking."""

    def limit_of(self, campaign: Campaign) -> int | None:
        """Return the risk that pauses a campaign by the policy of now; None: none does."""
        return policies_in(self._state).at(self._now).pause_at(*campaign)

    def is_paused(self, campaign: Campaign) -> bool:
        """Return what was decided last of a campaign. May read the disk."""
        pauses = PauseBook(self._state).of(*campaign)
        return bool(pauses) and pauses[-1].paused

    def look(self, campaign: Campaign, seen: Iterable[RiskAt], alerts: AlertState) -> None:
        """Pause a campaign that some minutes show to be that risky; they come in their order.

        It is done once a case: if a person lets the campaign go on, it is not paused again before
        its risk has been low and has risen anew. `alerts` is how things stood before: minutes that
        were followed already end no case, and those up to its floor are being derived anew and
        begin none. What is sent in the name of no campaign is none that could be paused. May read
        the disk.
        """
        if not campaign.campaign_id:
            return
        key = key_of(*campaign)
        before = tripped = self._told.get(TRIPPED, key)
        limit = self.limit_of(campaign)
        cause: Risk | None = None
        for minute, risk in seen:
            if limit is not None and risk.score >= limit:
                if tripped is None and minute > alerts.floor:
                    tripped, cause = Tripped(minute), risk
            elif risk.score < self._low and minute > (alerts.followed or -1):
                tripped = cause = None
        if tripped == before:
            return
        if tripped is None:
            self._told.delete(TRIPPED, key)
            return
        self._told.put(TRIPPED, key, tripped)
        if cause is not None and not self.is_paused(campaign):
            self._pause(campaign, cause)

    def _pause(self, campaign: Campaign, risk: Risk) -> None:
        pause = Pause(
            pause_id_of(*campaign, cause=f"{PausedBy.RISK} {self._now}"),
            campaign.workspace,
            campaign.campaign_id,
            self._now,
            paused=True,
            by=PausedBy.RISK,
            reasons=(f"A spam risk of {risk.score} of 100.", *sentences_of(risk)),
        )
        # It comes back through the log, and until then it is known all the same.
        add_pauses(self._state, [pause])
        self.decided.append(pause)
