"""Fold a batch of one partition into the state of its accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from pipeline.accounts._active_days import touches_within
from pipeline.accounts._changes import AccountChanges, MessageRef
from pipeline.accounts._compare import Comparison
from pipeline.accounts._days import DayEdits, audit_days
from pipeline.accounts._edits import Arrived, Edits, unchanged
from pipeline.accounts._judge import Judge, Judges
from pipeline.accounts._keys import Account, conversation_key, message_key
from pipeline.accounts._policies import add_policies, policies_in
from pipeline.accounts._state import CONVERSATION, MESSAGE, PolicyInForce
from pipeline.avro import decode_event
from pipeline.copies import MaskedText, Wording
from pipeline.events import CreatorId, Inbound, Outbound
from pipeline.keyed import KeyedState
from pipeline.pauses import Pause, PauseBook, add_pauses, span_of


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
    judge = Judge(policies_in(state), PauseBook(state))
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
    pauses = PauseBook(state)
    before = Judge(policies_in(state), pauses)
    if not add_policies(state, policies):
        return changes
    judges = Judges(before, Judge(policies_in(state), pauses))
    comparison = Comparison(judges, changes, DayEdits(state))
    for key, conversation in state.scan(CONVERSATION):
        *account, creator_id = msgspec.json.decode(key)
        comparison.add(unchanged(Account(*account), CreatorId(creator_id), conversation))
    audit_days(state, judges, changes)
    _add_events(state, changes, {})
    return changes


def fold_pauses(state: KeyedState, pauses: Iterable[Pause]) -> AccountChanges:
    """Let campaigns be paused, or go on, and return what it changes for the touches that are there.

    Reads the days on which a new pause is in force, and the conversations of the touches that its
    campaign sent there: next to nothing for one that holds from now on.
    """
    changes = AccountChanges.none()
    came = list(pauses)
    before, after = PauseBook(state), PauseBook(state)
    for workspace in {pause.workspace for pause in came}:
        before.of_workspace(workspace)
    new = add_pauses(state, came)
    policies = policies_in(state)
    judges = Judges(Judge(policies, before), Judge(policies, after))
    comparison = Comparison(judges, changes, DayEdits(state))
    for account, creator_id in _concerned(state, after, new):
        conversation = state.get(CONVERSATION, conversation_key(account, creator_id))
        assert conversation is not None, "what a day has stands in a conversation"
        comparison.add(unchanged(account, creator_id, conversation))
    _add_events(state, changes, {})
    return changes


def _concerned(
    state: KeyedState, book: PauseBook, new: Iterable[Pause]
) -> Iterable[tuple[Account, CreatorId]]:
    """Return the conversations that a campaign wrote in while a new one of its pauses holds."""
    found: dict[tuple[Account, CreatorId], None] = {}
    for pause in new:
        time = span_of(book.of(pause.workspace, pause.campaign_id), pause)
        for account, touch in touches_within(state, pause.workspace, time):
            if touch.campaign_id == pause.campaign_id:
                found[account, touch.creator_id] = None
    return found


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
