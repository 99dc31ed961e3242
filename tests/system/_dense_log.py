"""A seeded log in which a few people meet at the exact boundaries of every rule."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from tests.reference._bodies import REPLY_CLASSES, TOUCH_BODIES
from tests.reference.model import DAY, HOUR, Event

START = int(datetime(2026, 3, 1, 18, tzinfo=UTC).timestamp()) * 1000
"""The clocks of New York and Berlin change in the weeks after it."""

_WORKSPACES = ("default", "north", "süd 🌊", "east/1", "w-5", "w-6")
_PLATFORMS = ("instagram", "tiktok", "x", "linkedin")
_ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe")
_EDGES = (HOUR, DAY, 3 * DAY, 30 * DAY)
_GAPS = (
    *(edge + near for edge in _EDGES for near in (-1, 0, 1)),
    *(0, 1, 1000, 20 * 60_000, 5 * HOUR, 9 * HOUR, 2 * DAY, 4 * DAY, 12 * DAY),
)
_ODD_TEXTS = ("“Zoë”\n\tasked; 'why'? \\N 🙃", "null\x00byte", "ok " * 3000)


def dense_log(seed: int, events: int) -> list[Event]:
    """Return this many events, and a twelfth of them once more; equal arguments, equal log.

    All workspaces have the same accounts, creators and campaigns, so that whatever leaks from one
    into the next shows.
    """
    chance = random.Random(seed)
    log: list[Event] = []
    for number, workspace in enumerate(_WORKSPACES):
        share = range(number, events, len(_WORKSPACES))
        log += _Workspace(workspace, chance).events(len(share))
    return log + chance.choices(log, k=len(log) // 12)


class _Place(NamedTuple):
    platform: str
    account: str
    creator: str
    at: int


class _Workspace:
    """The events of one client; a workspace never names another."""

    def __init__(self, name: str, chance: random.Random) -> None:
        self._name = name
        self._chance = chance
        self._clocks: dict[tuple[str, str, str], int] = {}
        self._messages: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._ids: set[tuple[str, str, str]] = set()

    def events(self, count: int) -> list[Event]:
        """Return a day on which one account writes to too many people, and then everyday life."""
        burst = min(count // 6, 64)
        crowd = [
            self._touch(_Place("instagram", "a1", f"crowd-{n}", START + n * 60_000))
            for n in range(burst)
        ]
        return crowd + [self._any_event() for _ in range(count - burst)]

    def _any_event(self) -> Event:
        place = self._any_place()
        kind = self._chance.random()
        if kind < 0.34:
            return self._reply(place)
        event = self._touch(place)
        return replace(event, type="send_request") if kind > 0.97 else event

    def _any_place(self) -> _Place:
        """Return what comes next in some conversation; conversations tie with each other."""
        platform, account = self._chance.choice(_PLATFORMS), self._chance.choice(("a1", "a2", "a3"))
        conversation = (platform, account, f"c{self._chance.randrange(6)}")
        first = START + self._chance.randrange(40) * 12 * HOUR
        at = self._clocks.get(conversation, first) + self._chance.choice(_GAPS)
        self._clocks[conversation] = at
        return _Place(*conversation, at)

    def _reply(self, place: _Place) -> Event:
        pick = self._chance.choice
        fields = {
            "body": pick((*REPLY_CLASSES, *REPLY_CLASSES, *_ODD_TEXTS)),
            "kind": pick((None, "message", "story_reply", "story_mention", "quick_reply")),
            "in_reply_to": pick((None, "m0", "unknown")),
        }
        return self._event("reply", place, fields)

    def _touch(self, place: _Place) -> Event:
        pick = self._chance.choice
        fields = {
            "body": pick((*TOUCH_BODIES, *TOUCH_BODIES, *_ODD_TEXTS)),
            "campaign_id": pick((None, "spring", "autumn", "gala", "späti")),
            "template_id": pick((None, "warm", "brief")),
            "creator_name": pick((None, "Ana", "Zoë")),
            "creator_timezone": pick((None, None, None, *_ZONES)),
            "creator_accepted": pick((None, None, None, None, False, True)),
            "creator_followers": pick((None, 0, 12_000, 2**62)),
            "creator_email_listed": pick((None, True, False)),
            "creator_content": pick(((), ("winter tents", "Pâté at home"))),
        }
        return self._event(pick(("dm_sent", "follow_up")), place, fields)

    def _event(self, type_: str, place: _Place, fields: dict[str, Any]) -> Event:
        return Event(
            type=type_,
            event_id=self._event_id(place),
            workspace=self._name,
            occurred_at=place.at,
            platform=place.platform,
            account_id=place.account,
            creator_id=place.creator,
            message_id=self._message_id(place),
            creator_follows=self._chance.choice((None, True, False)),
            **fields,
        )

    def _event_id(self, place: _Place) -> str:
        """Return an id that is new to its account, in no order, and known to other accounts."""
        while True:
            letter = self._chance.choice(("e", "E", "é", "\uff5e", "😀"))
            event_id = f"{letter}{self._chance.randrange(200)}"
            if (place.platform, place.account, event_id) not in self._ids:
                self._ids.add((place.platform, place.account, event_id))
                return event_id

    def _message_id(self, place: _Place) -> str:
        """Return a new id, or now and then that of any message of the account."""
        known = self._messages[place.platform, place.account]
        if known and self._chance.random() < 0.06:
            return self._chance.choice(known)
        known.append(f"m{len(known)}")
        return known[-1]
