"""What a campaign is told of one touch: that part of the facts on which its risk rests."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.campaigns import Campaign
from pipeline.conversation import Phase
from pipeline.events import AccountId, Milliseconds, Platform
from pipeline.replies import ReplyClass
from pipeline.rules import RuleCode
from pipeline.signals import SignalCode


class Conduct(NamedTuple):
    """How a touch is now. It names neither message nor creator: it is only ever counted."""

    occurred_at: Milliseconds
    platform: Platform
    account_id: AccountId
    phase: Phase
    attempt_started_at: Milliseconds
    """When the opener of its attempt was sent: its own time, when it opens one."""
    opens_attempt: bool
    rules: frozenset[RuleCode] = frozenset()
    """The rules it breaks, as far as its conversation and its account know."""
    signals: frozenset[SignalCode] = frozenset()
    quality: int | None = None
    """From 0 to 100; None where it was not judged."""
    replied_at: Milliseconds | None = None
    """When the reply came that is credited to it."""
    reply_class: ReplyClass | None = None
    read: bool | None = None
    """Whether the creator has read it; None where nobody knows."""
    refers: bool = False
    """Whether it was found to refer to the creator's own content."""


class BrokenRules(NamedTuple):
    """Rules that a touch breaks, as one who knows nothing else of it says: its creator's side."""

    occurred_at: Milliseconds
    """When the touch was sent."""
    rules: frozenset[RuleCode]


class RiskUpdate(NamedTuple):
    """What one who knows a touch said of it the last time, and says now; None is nothing.

    Each says as `before` what it said as `after` the last time, whoever else speaks of the touch.
    So what is counted can be taken back without keeping every message.
    """

    campaign: Campaign
    before: Conduct | BrokenRules | None
    after: Conduct | BrokenRules | None
