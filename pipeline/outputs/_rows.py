"""Rows for the data team as records of their topics.

Each row is keyed by what it is about, and always written to the partition of the fold that owns it:
of two records about one thing, the one with the greater offset is the newer.
"""

from __future__ import annotations

from typing import Any

from pipeline.accounts import (
    AccountChanges,
    InboundRow,
    MessageRef,
    TouchRow,
    ViolationRef,
    ViolationRow,
)
from pipeline.avro import SchemaName, encode, seal_plain
from pipeline.events import Event, Inbound, InboundKind, Outbound
from pipeline.keyed import key_of
from pipeline.rates import seconds_to_reply
from pipeline.topics import Topic
from pipeline.transport import Output

Record = dict[str, Any]


def row_outputs(changes: AccountChanges, partition: int) -> list[Output]:
    """Return the records of touches, replies, audience messages and violations."""
    events = changes.events
    outputs = [
        _output(Topic.TOUCHES, message, SchemaName.TOUCH, _touch(message, row, changes), partition)
        for message, row in changes.touches.items()
    ]
    outputs += [
        _output(
            Topic.REPLY_OUTCOMES,
            message,
            SchemaName.REPLY_OUTCOME,
            _reply(message, row, events),
            partition,
        )
        for message, row in changes.replies.items()
    ]
    outputs += [
        _output(
            Topic.AUDIENCE_MESSAGES,
            message,
            SchemaName.AUDIENCE_MESSAGE,
            _audience_message(message, row, events),
            partition,
        )
        for message, row in changes.audience_messages.items()
    ]
    return outputs + violation_outputs(changes.violations, partition)


def violation_outputs(violations: dict[ViolationRef, ViolationRow], partition: int) -> list[Output]:
    """Return the records of violations, from whichever fold judges them."""
    return [_violation(ref, row, partition) for ref, row in violations.items()]


def _output(
    topic: Topic, message: MessageRef, name: SchemaName, record: Record, partition: int
) -> Output:
    key = key_of(*message.account, message.message_id).encode()
    return Output(topic, key, encode(name, record), partition)


def _identity(message: MessageRef) -> Record:
    workspace, platform, account_id = message.account
    return {
        "workspace": workspace,
        "platform": platform,
        "account_id": account_id,
        "message_id": message.message_id,
    }


def _touch(message: MessageRef, row: TouchRow, changes: AccountChanges) -> Record:
    event = None if row.withdrawn else changes.events[message]
    outbound = event if isinstance(event, Outbound) else None
    facts = row.facts
    credited = facts.credited
    judged = changes.judged.get(message)
    seen = None if event is None or judged is None else row.seen
    return _identity(message) | {
        "creator_id": row.creator_id,
        "campaign_id": facts.campaign_id,
        "template_id": facts.sent.template_id,
        "step": facts.step,
        "phase": facts.phase,
        "attempt_started_at": facts.opener.occurred_at,
        "sent_at": facts.sent.occurred_at,
        "event_id": facts.sent.event_id,
        "body": seal_plain(outbound.body if outbound else ""),
        "replied_at": credited.occurred_at if credited else None,
        "reply_class": credited.reply_class if credited else None,
        "seconds_to_reply": seconds_to_reply(facts),
        "creator_followers": outbound.creator_followers if outbound else None,
        "creator_email_listed": outbound.creator_email_listed if outbound else None,
        "quality": seen.quality if seen else None,
        "signals": [
            {"signal": code, "evidence": seal_plain(judged.evidence(code))} for code in seen.signals
        ]
        if seen and judged
        else [],
        "withdrawn": row.withdrawn,
    }


def _reply(message: MessageRef, row: InboundRow, events: dict[MessageRef, Event]) -> Record:
    received = row.facts.received
    return _identity(message) | {
        "creator_id": row.creator_id,
        "campaign_id": row.facts.campaign_id,
        "received_at": received.occurred_at,
        "event_id": received.event_id,
        "body": seal_plain("" if row.withdrawn else events[message].body),
        "reply_class": received.reply_class,
        "credited_message_id": row.facts.credited_message_id,
        "withdrawn": row.withdrawn,
    }


def _audience_message(
    message: MessageRef, row: InboundRow, events: dict[MessageRef, Event]
) -> Record:
    event = None if row.withdrawn else events[message]
    received = row.facts.received
    return _identity(message) | {
        "creator_id": row.creator_id,
        "received_at": received.occurred_at,
        "event_id": received.event_id,
        "body": seal_plain(event.body if event else ""),
        "kind": event.kind if isinstance(event, Inbound) else InboundKind.MESSAGE,
        "withdrawn": row.withdrawn,
    }


def _violation(ref: ViolationRef, row: ViolationRow, partition: int) -> Output:
    message = ref.message
    key = key_of(
        *message.account, message.message_id, ref.rule, ref.creator_id, ref.campaign_id
    ).encode()
    record = _identity(message) | {
        "rule": ref.rule,
        "creator_id": ref.creator_id,
        "campaign_id": ref.campaign_id,
        "sent_at": row.sent_at,
        "detail": row.detail or "",
        "withdrawn": row.detail is None,
    }
    return Output(Topic.VIOLATIONS, key, encode(SchemaName.VIOLATION, record), partition)
