"""Records of every topic that the warehouse reads, and their way into it."""

from __future__ import annotations

from typing import Any

from pipeline.avro import decode, encode, seal_plain
from pipeline.topics import Topic
from pipeline.warehouse import Address, PendingRows, Writer
from pipeline.warehouse.tables import CONTENTS

Record = dict[str, Any]

LATEST = 10_413_791_999_999
"""2299-12-31T23:59:59.999Z, the last moment that an event may have."""
_IDENTITY = {
    "workspace": "north",
    "platform": "instagram",
    "account_id": "brand",
    "creator_id": "ana",
}


def touch(**fields: object) -> Record:
    """Return the record of a touch without a reply, unless told otherwise."""
    return {
        **_IDENTITY,
        "message_id": "m1",
        "campaign_id": "spring",
        "template_id": "warm",
        "step": 0,
        "phase": "outreach",
        "attempt_started_at": 1_767_225_600_000,
        "sent_at": 1_767_225_600_000,
        "event_id": "e1",
        "body": seal_plain("Hi Ana"),
        "replied_at": None,
        "reply_class": None,
        "seconds_to_reply": None,
        "creator_followers": None,
        "creator_email_listed": None,
        "quality": None,
        "signals": [],
        "withdrawn": False,
        **fields,
    }


def spammy_touch(**fields: object) -> Record:
    """Return the record of a touch with one signal: `signal` and `evidence` say which."""
    signal = {
        "signal": fields.pop("signal", "link"),
        "evidence": seal_plain(str(fields.pop("evidence", "a.example"))),
    }
    return touch(**{"signals": [signal], **fields})


def campaign_risk(**fields: object) -> Record:
    """Return the record of a campaign's risk."""
    return {
        "workspace": "north",
        "campaign_id": "spring",
        "risk": 61,
        "signals": "[]",
        "paused": False,
        "updated_at": 1_767_225_600_000,
        "withdrawn": False,
        **fields,
    }


def alert(**fields: object) -> Record:
    """Return the record of an alert that has just opened."""
    return {
        "workspace": "north",
        "alert_id": "a1",
        "campaign_id": "spring",
        "sequence": 0,
        "change": "opened",
        "risk": 61,
        "highest": 61,
        "at": 1_767_225_600_000,
        "opened_at": 1_767_225_600_000,
        "resolved_at": None,
        "paused": False,
        "sentences": ["9 of 9 openers are copies."],
        "evidence": [],
        **fields,
    }


def reply(**fields: object) -> Record:
    """Return the record of a reply that is credited to nothing, unless told otherwise."""
    return {
        **_IDENTITY,
        "message_id": "r1",
        "campaign_id": "spring",
        "received_at": 1_767_225_600_000,
        "event_id": "e2",
        "body": seal_plain("Who is this?"),
        "reply_class": "neutral",
        "credited_message_id": None,
        "withdrawn": False,
        **fields,
    }


def audience_message(**fields: object) -> Record:
    """Return the record of an audience message."""
    return {
        **_IDENTITY,
        "message_id": "r1",
        "received_at": 1_767_225_600_000,
        "event_id": "e3",
        "body": seal_plain("Do you ship to Peru?"),
        "kind": "message",
        "withdrawn": False,
        **fields,
    }


def violation(**fields: object) -> Record:
    """Return the record of a violation."""
    return {
        **_IDENTITY,
        "message_id": "m1",
        "rule": "min_gap",
        "campaign_id": "spring",
        "sent_at": 1_767_225_600_000,
        "detail": "sent 2 h after the touch before it",
        "withdrawn": False,
        **fields,
    }


def pause(**fields: object) -> Record:
    """Return the record of a pause."""
    return {
        "pause_id": "p1",
        "workspace": "default",
        "campaign_id": "spring",
        "at": 1_767_225_600_000,
        "paused": True,
        "by": "person",
        "name": {"bytes": b"Tess", "key_id": None},
        "reasons": ["a creator complained"],
        **fields,
    }


def response_cell(**fields: object) -> Record:
    """Return a cell of response rates in a record without cells of step rates."""
    cell = {
        "campaign_id": "spring",
        "template_id": "warm",
        "hour": 1_767_225_600_000,
        "attempts": 4,
        "replied_attempts": 3,
        "positive_attempts": 2,
        "opt_outs": 1,
        **fields,
    }
    return {**_ACCOUNT, "response_cells": [cell], "step_cells": []}


def step_cell(**fields: object) -> Record:
    """Return a cell of step rates in a record without cells of response rates."""
    cell = {
        "campaign_id": "spring",
        "template_id": "warm",
        "step": 1,
        "hour": 1_767_225_600_000,
        "touches": 4,
        "replied_touches": 3,
        "positive_touches": 2,
        "reply_seconds": 86_400,
        **fields,
    }
    return {**_ACCOUNT, "response_cells": [], "step_cells": [cell]}


def send_request(**fields: object) -> Record:
    """Return the record of a request to send."""
    return {
        **_IDENTITY,
        "event_id": "e4",
        "occurred_at": 1_767_225_600_000,
        "request_id": "q1",
        "body": seal_plain("Hi Ana"),
        "campaign_id": None,
        "template_id": None,
        "creator_name": None,
        "creator_timezone": None,
        "creator_accepted": None,
        "creator_follows": None,
        "creator_followers": None,
        "creator_email_listed": None,
        "creator_content": [],
        **fields,
    }


def dead_letter(**fields: object) -> Record:
    """Return the record of a line of a file that is no event."""
    return {
        "dead_letter_id": "d1",
        "topic": "",
        "partition": -1,
        "offset": -1,
        "source": "log.jsonl",
        "line": 7,
        "field": "body",
        "reason": "is empty; every event of this type needs it",
        "payload": b"{}",
        "at": 1_767_225_600_000,
        "replayed_at": None,
        **fields,
    }


_ACCOUNT = {name: _IDENTITY[name] for name in ("workspace", "platform", "account_id")}


def write(address: Address, topic: Topic, record: Record, version: int = 1) -> None:
    """Bring one record into the warehouse on the agent's way, in a block of its own."""
    schema, tables, _ = CONTENTS[topic]
    rows = PendingRows()
    rows.add(tables, decode(encode(schema, record))[1], version)
    writer = Writer(address)
    rows.write(writer)
    writer.close()
