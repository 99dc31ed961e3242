"""What the rules ask a policy."""

from __future__ import annotations

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Every setting that the cadence rules ask, resolved for one touch.

    Spans of time are whole milliseconds. None, and of a switch False, means that the rule is off;
    so does leaving one out.
    """

    max_follow_ups: int | None = None
    """The greatest step that a touch may have."""
    min_gap: int | None = None
    """How long after the touch before it in its streak a touch may come."""
    max_pre_accept: int | None = None
    """How many touches a conversation may have before the creator has accepted it."""
    account_daily_cap: int | None = None
    """How many touches an account may send in 24 hours."""
    campaign_daily_cap: int | None = None
    """How many touches a campaign may send in 24 hours."""
    quiet_hours: tuple[int, int] | None = None
    """The minutes of the local day from which, and before which, no touch may go out.

    From 0 to 1439, and never equal. Where the first is the greater, they go on past midnight.
    """
    opted_out: bool = False
    """Whether nobody may write to a creator who has asked to stop."""
    recontact_gap: int | None = None
    """How long after another attempt's touch a new attempt may be opened in a conversation."""
    creator_contact_cap: int | None = None
    """How many attempts one creator may get from a workspace in 30 days."""
    campaign_paused: bool = False
    """Whether nobody may be sent outreach of a campaign while it is paused."""
    pause_at: int | None = None
    """The spam risk at which a campaign is paused by itself; it concerns a campaign as a whole."""
