"""What is kept of a campaign: sums by hour, by minute and by account, of bounded size each.

It grows with the time that a campaign lasts and with its accounts, not with its messages.
"""

from __future__ import annotations

from typing import Final, NewType

import msgspec

from pipeline.campaigns import Campaign
from pipeline.events import AccountId, Milliseconds, Platform
from pipeline.keyed import Kind, key_of
from pipeline.risk._counts import MINUTE, Count

Minute = NewType("Minute", int)
"""A minute, counted from 1970-01-01T00:00Z; what happens in it is known when it is full."""

Sums = dict[Count, int]
Account = tuple[Platform, AccountId]


class HoursOfDay(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One UTC day of a campaign, by the hour (0 to 23)."""

    hours: dict[int, Sums] = {}


class CampaignDays(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The UTC days on which a campaign did anything, counted from 1970-01-01, in their order."""

    days: tuple[int, ...] = ()


class MinutesOfHour(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One hour of a campaign, by the minute (0 to 59)."""

    minutes: dict[int, Sums] = {}
    accounts: dict[str, dict[int, int]] = {}
    """How many touches each account sent."""


class AccountDay(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One UTC day of an account in a campaign: its touches by the hour (0 to 23)."""

    hours: dict[int, int] = {}


class Reached(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """How far a campaign was followed since all of this was derived; see `watch`."""

    minute: int


class Deferred(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """From which minute on a campaign is still to be followed; see `Follow`."""

    first: int


DAYS: Final = Kind("i", CampaignDays)
REACHED: Final = Kind("r", Reached)
DEFERRED: Final = Kind("f", Deferred)
HOURS: Final = Kind("h", HoursOfDay)
MINUTES: Final = Kind("n", MinutesOfHour)
ACCOUNT_DAY: Final = Kind("a", AccountDay)


def minute_of(at: Milliseconds) -> Minute:
    """Return the minute that a moment lies in.

    >>> minute_of(Milliseconds(59_999)), minute_of(Milliseconds(60_000))
    (0, 1)
    """
    return Minute(at // MINUTE)


def full_at(minute: Minute) -> Milliseconds:
    """Return the moment when a minute is full."""
    return Milliseconds((minute + 1) * MINUTE)


def day_key(campaign: Campaign, day: int) -> str:
    """Return the key of a day, counted from 1970-01-01."""
    return key_of(*campaign, day)


def hour_key(campaign: Campaign, hour: int) -> str:
    """Return the key of an hour, counted from 1970-01-01."""
    return key_of(*campaign, hour)


def account_key(campaign: Campaign, account: str, day: int) -> str:
    """Return the key of an account's day; the account is as `name_of` gives it."""
    return key_of(*campaign, account, day)


def name_of(platform: Platform, account_id: AccountId) -> str:
    """Return an account's name within its workspace.

    >>> name_of(Platform.X, AccountId("northfold"))
    'x northfold'
    """
    return f"{platform.value} {account_id}"
