"""The campaigns: what they say, to whom, and how they behave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from examples.agency_quarter._calendar import DAY, midnight
from examples.agency_quarter._chance import Curve
from examples.agency_quarter._data import names_in, table


@dataclass(frozen=True, slots=True)
class Manner:
    """How a campaign behaves towards creators."""

    reply_rates: tuple[float, ...]
    """By step; the last one holds for every further step."""
    follow_ups: Mapping[int, float]
    gap_hours: Curve
    references: Mapping[str, float]
    classes: Mapping[str, float]
    weekdays: tuple[float, ...]
    """Weights of the days on which openers go out, Monday first."""
    hours: Mapping[int, float]
    """Weights of the hours at which they go out, on the creator's clock."""
    listens: float
    """How probably it heeds an answer, an opt-out or another campaign's recent message."""
    keeps_hours: bool
    bursts: int
    """On how many days it sends everything it has; 0 means spread over its time."""


@dataclass(frozen=True, slots=True)
class Template:
    """A way to write an opener: part names in order, with `/` for a new line."""

    template_id: str
    pull: float
    shape: str


@dataclass(frozen=True, slots=True)
class Revisits:
    """A share of the openers goes to creators whom another campaign wrote to earlier."""

    campaign_id: str
    share: float
    after: int
    """Milliseconds since that campaign's opener, at least."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """One outreach effort."""

    campaign_id: str
    brand: str
    manner: Manner
    pull: float
    weight: float
    starts: int
    ends: int
    niches: frozenset[str]
    platforms: Mapping[str, float]
    accounts_each: int
    gated: float
    """The share of its touches for which a send request was made."""
    revisits: Revisits | None
    templates: tuple[Template, ...]
    texts: Mapping[str, Mapping[str, Any]]
    """Parts of messages by language."""


def campaigns() -> list[Campaign]:
    """Return every campaign, always in the same order."""
    manners = {name: _manner(fields) for name, fields in table("manners").items()}
    return [_campaign(name, manners) for name in names_in("campaigns")]


def _manner(fields: Mapping[str, Any]) -> Manner:
    return Manner(
        reply_rates=tuple(fields["reply_rates"]),
        follow_ups={int(count): weight for count, weight in fields["follow_ups"].items()},
        gap_hours=tuple((share, hours) for share, hours in fields["gap_hours"]),
        references=fields["references"],
        classes=fields["classes"],
        weekdays=tuple(fields["weekdays"]),
        hours={int(hour): weight for hour, weight in fields["hours"].items()},
        listens=fields["listens"],
        keeps_hours=fields["keeps_hours"],
        bursts=fields["bursts"],
    )


def _campaign(name: str, manners: Mapping[str, Manner]) -> Campaign:
    fields = table(f"campaigns/{name}")
    revisits = fields.get("revisits")
    starts, ends = fields["starts"], fields["ends"]
    assert isinstance(starts, date)
    assert isinstance(ends, date)
    return Campaign(
        campaign_id=name,
        brand=fields["brand"],
        manner=manners[fields["manner"]],
        pull=fields["pull"],
        weight=fields["weight"],
        starts=midnight(starts),
        ends=midnight(ends),
        niches=frozenset(fields["niches"]),
        platforms=fields["platforms"],
        accounts_each=fields["accounts_each"],
        gated=fields.get("gated", 0.0),
        revisits=revisits
        and Revisits(revisits["campaign"], revisits["share"], revisits["after_days"] * DAY),
        templates=tuple(
            Template(template["id"], template["pull"], template["shape"])
            for template in fields["templates"]
        ),
        texts=fields["texts"],
    )
