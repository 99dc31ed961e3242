"""The settings of the rules, with the defaults of product.md."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from tests.reference._event import DAY, HOUR

_MAX_PRE_ACCEPT = {"instagram": 1, "tiktok": 3, "x": None, "linkedin": None}
_ACCOUNT_DAILY_CAP = {"instagram": 50, "tiktok": 50, "x": 500, "linkedin": 50}


@dataclass(frozen=True)
class Limits:
    """Every setting of a rule, as it holds for one touch; `None` means that the rule is off.

    Gaps are in milliseconds. `quiet_hours` begin at the first wall-clock time and end before the
    second, past midnight when that is the earlier one; two equal times make no quiet hours.
    """

    max_follow_ups: int | None = 2
    min_gap: int | None = 72 * HOUR
    max_pre_accept: int | None = None
    account_daily_cap: int | None = None
    campaign_daily_cap: int | None = None
    quiet_hours: tuple[time, time] | None = (time(21), time(8))
    opted_out: bool = True
    recontact_gap: int | None = 30 * DAY
    creator_contact_cap: int | None = 2
    campaign_paused: bool = True


def default_limits(workspace: str, platform: str, account_id: str, campaign_id: str) -> Limits:
    """Return the defaults of a platform; they are the same for each workspace and campaign."""
    del workspace, account_id, campaign_id
    return Limits(
        max_pre_accept=_MAX_PRE_ACCEPT[platform],
        account_daily_cap=_ACCOUNT_DAILY_CAP[platform],
    )
