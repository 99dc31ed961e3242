"""What a generated campaign is: the touches that somebody sent, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.replies import ReplyClass

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """One message to a creator. Times are in milliseconds since the campaign began."""

    at: int
    creator: int
    body: str
    creator_name: str = ""
    creator_content: tuple[str, ...] = ()
    account: str = "a1"
    step: int = 0
    reply: ReplyClass | None = None
    replied_after: int = 0
    """How long after the touch the reply came, if one did."""


@dataclass(frozen=True, slots=True)
class Story:
    """A campaign of some kind, and whether its sender is a spammer."""

    kind: str
    is_spam: bool
    touches: tuple[Touch, ...]
