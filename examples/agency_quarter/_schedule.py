"""When a campaign's openers go out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from examples.agency_quarter._brands import Account
from examples.agency_quarter._calendar import (
    DAY,
    HOUR,
    MINUTE,
    QUARTER_STARTS,
    SECOND,
    wall_clock,
)
from examples.agency_quarter._campaigns import Campaign
from examples.agency_quarter._chance import Chance
from examples.agency_quarter._people import Creator
from examples.agency_quarter._stage import Stage

_EARLIEST_MORNING = 14 * HOUR
"""How long before a day begins in UTC it has begun for everybody."""


@dataclass(frozen=True, slots=True)
class Opening:
    """An opener still without a creator."""

    campaign: Campaign
    account: Account
    day: int
    """The midnight, in UTC, of the day on which it goes out."""
    planned_at: int
    """When the creator is chosen; in a burst also when it goes out."""


def openings(
    campaign: Campaign, accounts: Mapping[str, Sequence[Account]], count: int, stage: Stage
) -> Iterator[Opening]:
    """Yield this many openings, in bursts or spread over the campaign's time."""
    if campaign.manner.bursts:
        yield from _bursts(campaign, accounts, count, stage.chance)
        return
    days = {
        day: campaign.manner.weekdays[wall_clock(day, 0)[0]]
        for day in range(campaign.starts, campaign.ends, DAY)
    }
    for _ in range(count):
        day = stage.chance.weighted(days)
        planned_at = max(day - _EARLIEST_MORNING, QUARTER_STARTS)
        yield Opening(campaign, _account(campaign, accounts, stage.chance), day, planned_at)


def opening_hour(opening: Opening, creator: Creator, chance: Chance) -> int:
    """Return a moment on the opening's day that suits the campaign, on the creator's clock."""
    hour = chance.weighted(opening.campaign.manner.hours)
    moment = opening.day + hour * HOUR - creator.offset_minutes * MINUTE
    moment += chance.between(0, HOUR - 1)
    return moment if moment >= opening.planned_at else moment + DAY


def _bursts(
    campaign: Campaign, accounts: Mapping[str, Sequence[Account]], count: int, chance: Chance
) -> Iterator[Opening]:
    """Yield openings a few seconds apart, on a few days, from whatever hour it happens to be."""
    days = range(campaign.starts, campaign.ends, DAY)
    starts = [
        chance.pick(days) + chance.between(0, 23) * HOUR for _ in range(campaign.manner.bursts)
    ]
    clocks: dict[tuple[Account, int], int] = {}
    for number in range(count):
        account = _account(campaign, accounts, chance)
        start = starts[number * len(starts) // count]
        planned_at = clocks.get((account, start), start) + chance.between(8, 95) * SECOND
        clocks[account, start] = planned_at
        yield Opening(campaign, account, planned_at - planned_at % DAY, planned_at)


def _account(
    campaign: Campaign, accounts: Mapping[str, Sequence[Account]], chance: Chance
) -> Account:
    platforms = {platform: campaign.platforms[platform] for platform in accounts}
    return chance.pick(accounts[chance.weighted(platforms)])
