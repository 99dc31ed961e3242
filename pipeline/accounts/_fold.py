"""Fold a batch of one partition into the state of its accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from pipeline.accounts._changes import AccountChanges, MessageRef
from pipeline.accounts._compare import Comparison
from pipeline.accounts._days import DayEdits, audit_days
from pipeline.accounts._edits import Arrived, ConversationEdit, Edits
from pipeline.accounts._judge import Judge, Judges
from pipeline.accounts._keys import Account, message_key
from pipeline.accounts._policies import add_policies, timeline
from pipeline.accounts._state import CONVERSATION, MESSAGE, PolicyInForce
from pipeline.avro import decode_event
from pipeline.copies import MaskedText, Wording
from pipeline.events import CreatorId, Inbound, Outbound
from pipeline.keyed import KeyedState


class Folded(NamedTuple):
    """What came of a batch."""

    changes: AccountChanges
    repeated: int
    """How many of its events changed nothing: known before, or another counts for the message."""


def fold_events(state: KeyedState, events: Sequence[Arrived]) -> Folded:
    """Fold events, and return everything that is different now.

    What all changes come to in the end depends on the set of all events that were ever folded, not
    on their order, on how often each came, or on how they were cut into batches.
    """
    edits = Edits(state)
    repeated = edits.take_all(events)
    judge = Judge(timeline(state))
    judges = Judges(judge, judge)
    changes = AccountChanges.none()
    days = DayEdits(state)
    comparison = Comparison(judges, changes, days)
    for edit in edits.finish():
        comparison.add(edit)
    days.finish(judges, changes)
    _add_events(state, changes, edits.events)
    return Folded(changes, repeated)


def fold_policies(state: KeyedState, policies: list[PolicyInForce]) -> AccountChanges:
    """Put policies in force, and return what they change for the touches that are there already.

    Reads the whole state of the partition when a policy is new, and nothing otherwise.
    """
    changes = AccountChanges.none()
    before = Judge(timeline(state))
    if not add_policies(state, policies):
        return changes
    judges = Judges(before, Judge(timeline(state)))
    comparison = Comparison(judges, changes, DayEdits(state))
    for key, conversation in state.scan(CONVERSATION):
        *account, creator_id = msgspec.json.decode(key)
        comparison.add(
            ConversationEdit(
                Account(*account), CreatorId(creator_id), conversation, conversation, frozenset()
            )
        )
    audit_days(state, judges, changes)
    _add_events(state, changes, {})
    return changes


def _add_events(
    state: KeyedState, changes: AccountChanges, arrived: Mapping[MessageRef, Arrived]
) -> None:
    """Give the rows the events that they come from, and the openers their texts."""
    for rows in (changes.touches, changes.replies, changes.audience_messages):
        for message, row in rows.items():
            if row.withdrawn:
                continue
            came = arrived.get(message) or _stored(state, message)
            changes.events[message] = came.event
            if came.judged is not None:
                changes.judged[message] = came.judged
    for place, opener in enumerate(changes.openers):
        if opener.text is not None:
            message = MessageRef(opener.account, opener.message_id)
            came = arrived.get(message) or _stored(state, message)
            changes.openers[place] = opener._replace(text=came.masked or _masked(came.event))


def _stored(state: KeyedState, message: MessageRef) -> Arrived:
    stored = state.get(MESSAGE, message_key(*message))
    assert stored is not None, "what a conversation has is a stored message"
    event = decode_event(stored.record)
    assert isinstance(event, Outbound | Inbound), "nothing else is folded"
    return Arrived(event, stored.record, stored.judged)


def _masked(event: Outbound | Inbound) -> MaskedText:
    assert isinstance(event, Outbound), "only these open anything"
    return Wording(event.body, event.creator_name).masked()
