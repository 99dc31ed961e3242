"""Which messages a batch puts into conversations and takes out of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.accounts._changes import MessageRef
from pipeline.accounts._keys import Account, conversation_key, message_key
from pipeline.accounts._state import CONVERSATION, MESSAGE, StoredMessage
from pipeline.conversation import Conversation, Entry, Received, Sent
from pipeline.copies import MaskedText
from pipeline.events import CreatorId, Inbound, MessageId, Outbound, TemplateId
from pipeline.keyed import KeyedState
from pipeline.replies import classify
from pipeline.signals import JudgedText

_NO_TEMPLATE = TemplateId("")
_NOTHING = Conversation()


class ConversationEdit(NamedTuple):
    """One conversation before and after a batch."""

    account: Account
    creator_id: CreatorId
    before: Conversation
    after: Conversation
    replaced: frozenset[MessageId]
    """Messages whose event is another one now, even if it reads the same."""


def unchanged(
    account: Account, creator_id: CreatorId, conversation: Conversation
) -> ConversationEdit:
    """Return a conversation that is as it was, where what it is judged by is not."""
    return ConversationEdit(account, creator_id, conversation, conversation, frozenset())


class Arrived(NamedTuple):
    """An event as it came."""

    event: Outbound | Inbound
    record: bytes
    """Its bytes in the log."""
    judged: JudgedText | None = None
    """What the text of an outbound message shows; None where it was not judged."""
    masked: MaskedText | None = None
    """What is compared of it with others; None: it is worked out when it is needed."""


class _Edit:
    __slots__ = ("account", "creator_id", "plus", "without")

    def __init__(self, account: Account, creator_id: CreatorId) -> None:
        self.account = account
        self.creator_id = creator_id
        self.without: set[MessageId] = set()
        self.plus: dict[MessageId, Entry] = {}


class Edits:
    """Takes events in any order, any number of times; of each message the smallest one counts."""

    def __init__(self, state: KeyedState) -> None:
        self._state = state
        self._edits: dict[tuple[Account, CreatorId], _Edit] = {}
        self.events: dict[MessageRef, Arrived] = {}
        """The events of this batch that count so far."""

    def take_all(self, events: Sequence[Arrived]) -> int:
        """Take events; return how many changed nothing."""
        keys = [message_key(Account.of(each.event), each.event.message_id) for each in events]
        self._state.prefetch(MESSAGE, keys)
        return sum(not self._take(key, each) for key, each in zip(keys, events, strict=True))

    def _take(self, key: str, arrived: Arrived) -> bool:
        event, record, judged, _ = arrived
        account = Account.of(event)
        message = StoredMessage(event.occurred_at, event.event_id, event.creator_id, record, judged)
        counted = self._state.get(MESSAGE, key)
        if counted is not None:
            if counted.rank <= message.rank:
                return False
            edit = self._edit(account, counted.creator_id)
            edit.without.add(event.message_id)
            edit.plus.pop(event.message_id, None)
        self._state.put(MESSAGE, key, message)
        self.events[MessageRef(account, event.message_id)] = arrived
        self._edit(account, event.creator_id).plus[event.message_id] = _entry(event, judged)
        return True

    def _edit(self, account: Account, creator_id: CreatorId) -> _Edit:
        edit = self._edits.get((account, creator_id))
        if edit is None:
            edit = self._edits[account, creator_id] = _Edit(account, creator_id)
        return edit

    def finish(self) -> list[ConversationEdit]:
        """Write the edited conversations and return how each was and is."""
        keys = [conversation_key(*contact) for contact in self._edits]
        self._state.prefetch(CONVERSATION, keys)
        done = []
        for key, edit in zip(keys, self._edits.values(), strict=True):
            before = self._state.get(CONVERSATION, key) or _NOTHING
            after = before.changed(without=edit.without, plus=list(edit.plus.values()))
            if after.entries:
                self._state.put(CONVERSATION, key, after)
            else:
                self._state.delete(CONVERSATION, key)
            replaced = frozenset(edit.without)
            done.append(ConversationEdit(edit.account, edit.creator_id, before, after, replaced))
        return done


def _entry(event: Outbound | Inbound, judged: JudgedText | None) -> Entry:
    if isinstance(event, Inbound):
        return Received(event.occurred_at, event.event_id, event.message_id, classify(event.body))
    return Sent(
        occurred_at=event.occurred_at,
        event_id=event.event_id,
        message_id=event.message_id,
        campaign_id=event.campaign_id,
        template_id=_NO_TEMPLATE if event.template_id is None else event.template_id,
        timezone=event.creator_timezone,
        accepted=bool(event.creator_accepted),
        marks=None if judged is None else judged.marks,
    )
