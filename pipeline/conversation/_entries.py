"""What a conversation is made of: messages sent and received, in the order of the log's truth."""

from __future__ import annotations

import msgspec

from pipeline.events import CampaignId, EventId, MessageId, Milliseconds, TemplateId
from pipeline.replies import ReplyClass
from pipeline.signals import Marks


class Sent(msgspec.Struct, frozen=True, array_like=True, gc=False, tag=0):
    """A touch as it came: nothing in it is derived from the messages around it."""

    occurred_at: Milliseconds
    event_id: EventId
    message_id: MessageId
    campaign_id: CampaignId | None = None
    """None: it has that of the touch before it."""
    template_id: TemplateId = TemplateId("")
    timezone: str | None = None
    """The creator's IANA time zone, where the touch gives one."""
    accepted: bool = False
    """The touch says that the creator accepted the message request, or follows the account."""
    marks: Marks | None = None
    """What its text was judged to show; None where it was not judged."""


class Received(msgspec.Struct, frozen=True, array_like=True, gc=False, tag=1):
    """A message from the creator, of any kind."""

    occurred_at: Milliseconds
    event_id: EventId
    message_id: MessageId
    reply_class: ReplyClass


Entry = Sent | Received


def order(entry: Entry) -> tuple[Milliseconds, EventId]:
    """Return what "before" and "after" mean in one account: time, then id by code point."""
    return entry.occurred_at, entry.event_id


class Conversation(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Everything between one account and one creator, in `order`; each message stands once."""

    entries: tuple[Entry, ...] = ()

    def changed(self, *, without: set[MessageId], plus: list[Entry]) -> Conversation:
        """Return the conversation without some messages and with others, in `order`."""
        kept = [entry for entry in self.entries if entry.message_id not in without]
        in_order = not kept or all(order(kept[-1]) < order(entry) for entry in plus[:1])
        kept.extend(plus)
        if not in_order or len(plus) > 1:
            kept.sort(key=order)
        return Conversation(tuple(kept))
