"""A whole quarter, from the first opener to the last delivery."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from examples.agency_quarter._agenda import Agenda
from examples.agency_quarter._answering import Answering
from examples.agency_quarter._arrival import Arrivals
from examples.agency_quarter._audience import Audience
from examples.agency_quarter._brands import accounts
from examples.agency_quarter._calendar import QUARTER_ENDS
from examples.agency_quarter._campaigns import campaigns
from examples.agency_quarter._chance import Chance
from examples.agency_quarter._composer import Composer
from examples.agency_quarter._history import History
from examples.agency_quarter._journal import Journal
from examples.agency_quarter._outreach import Outreach
from examples.agency_quarter._people import people
from examples.agency_quarter._stage import Stage
from examples.agency_quarter._targets import Targets

_EVENTS_PER_CREATOR = 4
_EVENTS_PER_OPENER = 3.9
_FEWEST_AUDIENCE_MESSAGES = 0.05


def generate(seed: int, events: int) -> Iterator[dict[str, Any]]:
    """Yield this many lines of an agency's log of 2026-07-01 to 2026-09-30, as they arrived.

    The same arguments give the same lines on every supported Python. Every line is a valid event
    in the product's sense; about 3 % stand there twice. Creators, openers and replies grow with
    `events`; the whole log is made before the first line is yielded (about 5 KB a line).

    >>> first, second = list(generate(1, 200)), list(generate(1, 200))
    >>> len(first), first == second
    (200, True)
    """
    chance = Chance(f"agency quarter {seed}")
    creators = people(max(40, events // _EVENTS_PER_CREATOR), chance.branch("people"))
    stage = Stage(
        chance=chance.branch("stage"),
        agenda=Agenda(ends=QUARTER_ENDS),
        history=History(),
        composer=Composer(chance.branch("composer")),
        journal=Journal(chance.branch("journal")),
    )
    targets = Targets(accounts(), creators, stage.history, chance.branch("targets"))
    Outreach(stage, Answering(stage), targets).plan(
        campaigns(), max(1, int(events / _EVENTS_PER_OPENER))
    )
    stage.agenda.run()
    log = Arrivals(chance.branch("arrival"))
    log.add(stage.journal.events)
    audience = Audience(stage, accounts(), creators)
    fewest = len(stage.journal.events) + int(events * _FEWEST_AUDIENCE_MESSAGES)
    while len(log) < events or len(stage.journal.events) < fewest:
        written = len(stage.journal.events)
        audience.one_writes()
        log.add(stage.journal.events[written:])
    return islice(log.in_order(), events)
