"""How the tests of the shipped log read it: each message once, by campaign and conversation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.examples.line_check import TOUCHES, moment

Event = dict[str, Any]
Conversation = tuple[str, str, str, str]
"""Workspace, platform, account and creator."""


def conversation_of(event: Event) -> Conversation:
    """Return whose conversation an event belongs to."""
    workspace = event.get("workspace") or "default"
    return workspace, event["platform"], event["account_id"], event["creator_id"]


def message_of(event: Event) -> tuple[str, str, str, str]:
    """Return what a message is known by."""
    return (*conversation_of(event)[:3], event["message_id"])


def touches_by_campaign(events: Iterable[Event]) -> dict[str, list[Event]]:
    """Return the touches of each campaign, each once, in the order of time."""
    once = {message_of(event): event for event in events if event["type"] in TOUCHES}
    by_campaign: dict[str, list[Event]] = defaultdict(list)
    for event in sorted(once.values(), key=lambda event: moment(event["occurred_at"])):
        by_campaign[event.get("campaign_id") or ""].append(event)
    return by_campaign


def heard_by_conversation(events: Iterable[Event]) -> dict[Conversation, list[int]]:
    """Return when creators wrote, in epoch milliseconds."""
    moments: dict[Conversation, list[int]] = defaultdict(list)
    for event in events:
        if event["type"] == "reply":
            moments[conversation_of(event)].append(moment(event["occurred_at"]))
    return moments


def openers(touches: list[Event]) -> dict[Conversation, Event]:
    """Return a campaign's first touch of each conversation, given all of them in order."""
    first: dict[Conversation, Event] = {}
    for event in touches:
        first.setdefault(conversation_of(event), event)
    return first


def answered_share(
    opened: dict[Conversation, Event],
    heard: dict[Conversation, list[int]],
) -> float:
    """Return the share of these openers after which the creator ever wrote."""
    answered = sum(
        any(at > moment(event["occurred_at"]) for at in heard.get(key, ()))
        for key, event in opened.items()
    )
    return answered / len(opened)


def night_share(touches: list[Event]) -> float:
    """Return the share of the touches that came before 8 or after 21 on the creator's clock."""
    clocks = [
        datetime.fromtimestamp(moment(event["occurred_at"]) / 1000, ZoneInfo(zone))
        for event in touches
        if (zone := event.get("creator_timezone"))
    ]
    return sum(not 8 <= clock.hour < 21 for clock in clocks) / len(clocks)
