"""A log whose every figure was worked out by hand.

Workspace north, campaign spring, on Instagram: 40 openers on Monday, 20 of each template; of the
short ones 12 are answered gladly within the hour, of the long ones one asks to stop. Ten get a
follow-up on Thursday, and two of them answer it gladly after two hours. Campaign flash, on TikTok,
writes twice to ten people by night, an hour apart. Workspace south has a campaign of the same name
on X: five openers, one answered with a question after half an hour. Two strangers write, somebody
asks to send, and two lines are bad.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import count

MONDAY = datetime(2026, 7, 6, tzinfo=UTC)
_GLAD = "Yes please, I would love to!"


class _Log:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self._ids = count(1)

    def add(self, kind: str, at: datetime, **fields: object) -> str:
        number = next(self._ids)
        identity = {"event_id": f"e{number:04}", "message_id": f"m{number:04}"}
        if kind == "send_request":
            identity = {"event_id": f"e{number:04}", "request_id": f"m{number:04}"}
        event = {"type": kind, "occurred_at": at.isoformat(), "body": "Hi", **identity, **fields}
        self.lines.append(json.dumps(event))
        return f"m{number:04}"


def sample_log() -> str:
    """Return the log as JSON lines."""
    log = _Log()
    _spring(log)
    _flash(log)
    _south(log)
    log.lines += ["not JSON", '{"type": "reply", "event_id": "bad-1"}']
    return "\n".join(log.lines) + "\n"


def _spring(log: _Log) -> None:
    north = {"workspace": "north", "platform": "instagram", "account_id": "north.uk"}
    sent = {**north, "campaign_id": "spring", "creator_accepted": True}
    for number in range(40):
        creator = f"c{number:02}"
        template = "long" if number % 2 else "short"
        at = MONDAY + timedelta(hours=10, minutes=number)
        log.add("dm_sent", at, creator_id=creator, template_id=template, **sent)
        if template == "short" and number < 24:
            log.add("reply", at + timedelta(hours=1), creator_id=creator, **north | {"body": _GLAD})
    log.add(
        "reply",
        MONDAY + timedelta(hours=11, minutes=1),
        creator_id="c01",
        **north | {"body": "Please stop messaging me."},
    )
    for number in range(24, 34):
        creator = f"c{number:02}"
        at = MONDAY + timedelta(days=3, hours=11, minutes=number)
        log.add("follow_up", at, creator_id=creator, template_id="nudge", **sent)
        if number in (24, 25):
            log.add("reply", at + timedelta(hours=2), creator_id=creator, **north | {"body": _GLAD})
    for stranger in ("s1", "s2"):
        log.add("reply", MONDAY + timedelta(hours=9), creator_id=stranger, **north)
    log.add("send_request", MONDAY + timedelta(days=4, hours=9), creator_id="c39", **sent)


def _flash(log: _Log) -> None:
    sent = {
        "workspace": "north",
        "platform": "tiktok",
        "account_id": "flash.hq",
        "campaign_id": "flash",
        "creator_accepted": True,
    }
    for number in range(10):
        at = MONDAY + timedelta(hours=22, minutes=number)
        log.add("dm_sent", at, creator_id=f"d{number}", **sent)
        log.add("follow_up", at + timedelta(hours=1), creator_id=f"d{number}", **sent)


def _south(log: _Log) -> None:
    south = {"workspace": "south", "platform": "x", "account_id": "south.x"}
    for number in range(5):
        at = MONDAY + timedelta(days=1, hours=10, minutes=number)
        log.add("dm_sent", at, creator_id=f"x{number}", campaign_id="spring", **south)
    at = MONDAY + timedelta(days=1, hours=10, minutes=30)
    log.add("reply", at, creator_id="x0", **south | {"body": "Who is this?"})
