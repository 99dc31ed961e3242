"""What may stand in a policy file."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Generic, TypeVar
from zoneinfo import available_timezones

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, model_validator

from pipeline.events import Platform
from pipeline.policy._values import Count, Hours, Moment, Risk, Span, Switch

_Value = TypeVar("_Value")
_TIMEZONES = frozenset(available_timezones())


def _read_timezone(value: object) -> str:
    if not isinstance(value, str) or value not in _TIMEZONES:
        raise ValueError('an IANA time zone, such as "Europe/Berlin"')
    return value


Id = Annotated[str, Field(strict=True, min_length=1, max_length=512)]
Timezone = Annotated[str, PlainValidator(_read_timezone)]


class Source(StrEnum):
    """Where the value of a setting comes from."""

    OFFICIAL = "official"
    """The platform says so itself."""
    VENDOR = "vendor"
    """Makers of outreach tools say so; the platform says nothing."""
    HOUSE = "house"
    """We think it right."""


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Setting(_Table, Generic[_Value]):
    """One value with its source; in a file the bare value will do."""

    value: _Value
    source: Source = Source.HOUSE
    note: Annotated[str, Field(strict=True)] = ""

    @model_validator(mode="before")
    @classmethod
    def _from_bare_value(cls, given: Any) -> Any:  # noqa: ANN401 - whatever TOML can hold
        return given if isinstance(given, dict | Setting) else {"value": given}


class Rules(_Table):
    """The settings of the rules, each only where it is set."""

    max_follow_ups: Setting[Count] | None = None
    min_gap: Setting[Span] | None = None
    max_pre_accept: Setting[Count] | None = None
    account_daily_cap: Setting[Count] | None = None
    campaign_daily_cap: Setting[Count] | None = None
    quiet_hours: Setting[Hours] | None = None
    opted_out: Setting[Switch] | None = None
    recontact_gap: Setting[Span] | None = None
    creator_contact_cap: Setting[Count] | None = None
    campaign_paused: Setting[Switch] | None = None
    pause_at: Setting[Risk] | None = None

    def settings(self) -> dict[str, Setting[Any]]:
        """Return what is set, by its key."""
        found = ((key, getattr(self, key)) for key in RULE_KEYS)
        return {key: setting for key, setting in found if setting is not None}


RULE_KEYS = tuple(Rules.model_fields)


class Override(Rules):
    """Settings for the touches that match every selector given; a selector left out matches all."""

    workspace: Id | None = None
    platform: Platform | None = None
    campaign: Id | None = None
    account: Id | None = None


SELECTORS = ("workspace", "platform", "campaign", "account")
OF_WHOLE_CAMPAIGNS = {"pause_at": ("platform", "account")}
"""Settings of a campaign over all its accounts, and the selectors that cannot go with them."""


class AccountZone(_Table):
    """The time zone in which an account's own people live."""

    workspace: Id | None = None
    """None stands for every workspace."""
    platform: Platform
    account: Id
    timezone: Timezone


class PolicyFile(_Table):
    """One file: the shipped defaults, or what an agency changes of them."""

    effective_from: Moment | None = None
    rules: Rules = Rules()
    override: tuple[Override, ...] = ()
    account: tuple[AccountZone, ...] = ()

    def scopes(self) -> tuple[Override, ...]:
        """Return all settings, those for everyone first, in the order in which they apply."""
        return (Override().model_copy(update=self.rules.settings()), *self.override)
