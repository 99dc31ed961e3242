"""Fold a batch of one partition into the state of its accounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from pipeline.accounts._changes import AccountChanges, MessageRef
from pipeline.accounts._compare import Comparison
from pipeline.accounts._days import DayEdits, audit_days
from pipeline.accounts._edits import ConversationEdit, Edits
from pipeline.accounts._judge import Judge, Judges
from pipeline.accounts._keys import Account, message_key
from pipeline.accounts._policies import add_policies, timeline
from pipeline.accounts._state import CONVERSATION, MESSAGE, PolicyInForce
from pipeline.avro import decode_event
from pipeline.events import CreatorId, Event, Inbound, Outbound
from pipeline.keyed import KeyedState


class Folded(NamedTuple):
    """What came of a batch."""

    changes: AccountChanges
    repeated: int
    """How many of its events changed nothing: known before, or another counts for the message."""


def fold_events(state: KeyedState, events: Sequence[tuple[Outbound | Inbound, bytes]]) -> Folded:
    """Fold events, each with its bytes in the log, and return everything that is different now.

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
    return changes


def _add_events(
    state: KeyedState, changes: AccountChanges, events: dict[MessageRef, Event]
) -> None:
    """Give the rows the events that they come from."""
    for rows in (changes.touches, changes.replies, changes.audience_messages):
        for message, row in rows.items():
            if row.withdrawn:
                continue
            event = events.get(message)
            if event is None:
                stored = state.get(MESSAGE, message_key(*message))
                assert stored is not None, "a row comes from a stored message"
                event = decode_event(stored.record)
            changes.events[message] = event
