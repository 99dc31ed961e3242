"""What the rules may know of a touch at its moment, by who knows it."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.conversation import TouchFacts
from pipeline.events import AccountId, Milliseconds
from pipeline.pauses import Pause


class InConversation(NamedTuple):
    """What its conversation knows."""

    facts: TouchFacts
    timezone: str
    """The zone whose quiet hours count: the creator's, else the account's, else UTC."""
    pause: Pause | None = None
    """What was decided last of its campaign before it, or at its moment: paused or not."""


class InAccount(NamedTuple):
    """What its account knows."""

    touches_in_day: int
    """How many touches the account sent in the 24 h before it."""


class InCampaign(NamedTuple):
    """What its campaign knows."""

    touches_in_day: int
    """How many touches the campaign sent in the 24 h before it, over all accounts."""


class WithCreator(NamedTuple):
    """What all accounts of the workspace on the platform know of the creator."""

    opens_attempt: bool
    attempts_in_window: int
    """How many other attempts were opened with the creator in the 30 d before it."""
    opted_out_at: Milliseconds | None
    """When the creator first asked to stop, if that lies before it."""
    opted_out_to: AccountId | None
    """The account that the creator asked."""
