"""Sound records of the topics that only agents write, and what is no policy."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.topics import Topic
from tests.fuzz._published import Record

_NOON = 1_767_225_600_000

_NewId = Callable[[], str]


def plain(text: str) -> Record:
    """Return a text that is not sealed."""
    return {"bytes": text.encode(), "key_id": None}


def _account(new_id: _NewId) -> Record:
    return {"workspace": "derived", "platform": "x", "account_id": new_id()}


def _message(new_id: _NewId) -> Record:
    return {**_account(new_id), "message_id": new_id(), "creator_id": new_id()}


def _touch(new_id: _NewId) -> Record:
    return {
        **_message(new_id),
        "campaign_id": "spring",
        "template_id": "warm",
        "step": 2,
        "phase": "outreach",
        "attempt_started_at": _NOON,
        "sent_at": _NOON,
        "event_id": new_id(),
        "body": plain("Hi Ana"),
        "replied_at": _NOON + 5_000,
        "reply_class": "neutral",
        "seconds_to_reply": 5,
        "creator_followers": None,
        "creator_email_listed": True,
        "quality": 35,
        "signals": [{"signal": "link", "evidence": plain("a.example")}],
        "withdrawn": False,
    }


def _violation(new_id: _NewId) -> Record:
    return {
        **_message(new_id),
        "campaign_id": "spring",
        "rule": "min_gap",
        "sent_at": _NOON,
        "detail": "2 h after the touch before it",
        "withdrawn": False,
    }


def _reply(new_id: _NewId) -> Record:
    return {
        **_message(new_id),
        "campaign_id": "spring",
        "received_at": _NOON,
        "event_id": new_id(),
        "body": plain("Who is this?"),
        "reply_class": "neutral",
        "credited_message_id": None,
        "withdrawn": False,
    }


def _audience_message(new_id: _NewId) -> Record:
    return {
        **_message(new_id),
        "received_at": _NOON,
        "event_id": new_id(),
        "body": plain("Do you ship to Peru?"),
        "kind": "message",
        "withdrawn": False,
    }


def _cells(new_id: _NewId) -> Record:
    cell = {"campaign_id": "spring", "template_id": "warm", "hour": _NOON}
    response = {"attempts": 4, "replied_attempts": 3, "positive_attempts": 2, "opt_outs": 1}
    step = {"touches": 4, "replied_touches": 3, "positive_touches": 2, "reply_seconds": 9}
    return {
        **_account(new_id),
        "response_cells": [cell | response],
        "step_cells": [cell | {"step": number} | step for number in range(2)],
    }


def _contacts(new_id: _NewId) -> Record:
    """Return a touch that no rule of the creators' side binds."""
    touch = {
        "occurred_at": _NOON,
        "event_id": new_id(),
        "message_id": new_id(),
        "campaign_id": "spring",
        "phase": "conversation",
        "opens_attempt": False,
        "contact_cap": None,
        "opted_out_binds": False,
        "withdrawn": False,
    }
    return {
        "contacts": [
            {**_account(new_id), "creator_id": new_id(), "touches": [touch], "opt_outs": []}
        ]
    }


def _campaign(new_id: _NewId) -> Record:
    """Return a touch without a cap."""
    touch = {
        "occurred_at": _NOON,
        "event_id": new_id(),
        "platform": "x",
        "account_id": new_id(),
        "message_id": new_id(),
        "creator_id": new_id(),
        "phase": "outreach",
        "daily_cap": None,
        "withdrawn": False,
    }
    return {
        "workspace": "derived",
        "campaign_id": new_id(),
        "touches": [touch],
        "conduct": [],
        "broken": [],
        "openers": [],
    }


def _answers(new_id: _NewId) -> Record:
    hours = [{"hour": _NOON, "attempts": 1, "answered": 0}]
    return {"workspace": new_id(), "hours": hours}


def _risk(new_id: _NewId) -> Record:
    return {
        "workspace": "derived",
        "campaign_id": new_id(),
        "risk": 61,
        "signals": "[]",
        "paused": False,
        "updated_at": _NOON,
        "withdrawn": False,
    }


def _alert(new_id: _NewId) -> Record:
    return {
        "workspace": "derived",
        "alert_id": new_id(),
        "campaign_id": "spring",
        "sequence": 0,
        "change": "opened",
        "risk": 61,
        "highest": 61,
        "at": _NOON,
        "opened_at": _NOON,
        "resolved_at": None,
        "paused": False,
        "sentences": ["9 of 9 openers are copies."],
        "evidence": [],
    }


def _letter(new_id: _NewId) -> Record:
    return {
        "dead_letter_id": new_id(),
        "topic": "",
        "partition": -1,
        "offset": -1,
        "source": "log.jsonl",
        "line": 7,
        "field": "body",
        "reason": "is empty",
        "payload": b"{}",
        "at": _NOON,
        "replayed_at": None,
    }


NO_POLICIES = (
    "",
    "[" * 50_000,
    '{"defaults": {}}',
    '{"defaults": "\\ud800", "own": {}}',
    '{"defaults": {}, "own": {"\\udfff": 1}}',
    '{"defaults": {}, "own": {"rules": {"min_gap": "' + "9" * 5_000 + '"}}}',
    '{"defaults": {}, "own": {' + ", ".join(f'"key {n}": {n}' for n in range(500)) + "}}",
)
"""Documents; JSON may hold halves of surrogate pairs, and be wrong in many places at once."""


def policy(document: str) -> Record:
    """Return the record of a policy, or of what should be one."""
    return {
        "policy_id": "p",
        "effective_from": None,
        "loaded_at": _NOON,
        "source": "by hand",
        "document": document,
    }


def _no_policy(new_id: _NewId) -> Record:
    return policy(NO_POLICIES[int(new_id(), 16) % len(NO_POLICIES)])


def _pause(new_id: _NewId) -> Record:
    """Return a pause of a campaign that has no touches."""
    return {
        "pause_id": new_id(),
        "workspace": "derived",
        "campaign_id": new_id(),
        "at": _NOON,
        "paused": True,
        "by": "person",
        "name": plain("Tess"),
        "reasons": ["a creator complained"],
    }


DERIVED: Mapping[Topic, Callable[[_NewId], Record]] = {
    Topic.POLICIES: _no_policy,
    Topic.PAUSES: _pause,
    Topic.TOUCHES: _touch,
    Topic.VIOLATIONS: _violation,
    Topic.REPLY_OUTCOMES: _reply,
    Topic.AUDIENCE_MESSAGES: _audience_message,
    Topic.RATE_CELLS: _cells,
    Topic.CREATOR_CONTACTS: _contacts,
    Topic.CAMPAIGN_TOUCHES: _campaign,
    Topic.WORKSPACE_ANSWERS: _answers,
    Topic.CAMPAIGN_RISK: _risk,
    Topic.ALERTS: _alert,
    Topic.DEAD_LETTERS: _letter,
}
