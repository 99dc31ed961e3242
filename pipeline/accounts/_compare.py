"""Compare a conversation with how it was, and note every difference that somebody needs."""

from __future__ import annotations

from typing import TypeVar

from pipeline.accounts._changes import (
    AccountChanges,
    CampaignRef,
    Contact,
    ContactTouch,
    InboundRow,
    MessageRef,
    OptOut,
    TouchRow,
    ViolationRef,
    ViolationRow,
)
from pipeline.accounts._days import DayEdits, day_of
from pipeline.accounts._edits import ConversationEdit
from pipeline.accounts._judge import Judges
from pipeline.conversation import InboundFacts, TouchFacts, walk
from pipeline.replies import ReplyClass
from pipeline.rules import Findings

Row = TypeVar("Row", TouchRow, InboundRow)


class Comparison:
    """Collects the differences of many conversations into one set of changes."""

    def __init__(self, judges: Judges, changes: AccountChanges, days: DayEdits) -> None:
        self._before, self._after = judges
        self._same_policy = self._before is self._after
        self._changes = changes
        self._days = days

    def add(self, edit: ConversationEdit) -> None:
        """Note what differs in one conversation."""
        old = walk(edit.before.entries)
        new = walk(edit.after.entries)
        old_touches = {facts.sent.message_id: facts for facts in old.touches}
        for facts in new.touches:
            message_id = facts.sent.message_id
            was = old_touches.pop(message_id, None)
            if was != facts or message_id in edit.replaced or not self._same_policy:
                self._touch(edit, was, facts)
        for was in old_touches.values():
            self._touch(edit, was, None)
        old_inbound = {facts.received.message_id: facts for facts in old.inbound}
        for inbound in new.inbound:
            message_id = inbound.received.message_id
            earlier = old_inbound.pop(message_id, None)
            if earlier != inbound or message_id in edit.replaced:
                self._inbound(edit, earlier, inbound)
        for earlier in old_inbound.values():
            self._inbound(edit, earlier, None)

    def _touch(
        self, edit: ConversationEdit, old: TouchFacts | None, new: TouchFacts | None
    ) -> None:
        facts = new or old
        assert facts is not None
        message = MessageRef(edit.account, facts.sent.message_id)
        if old != new or message.message_id in edit.replaced:
            row = TouchRow(edit.creator_id, facts, withdrawn=new is None)
            _settle_row(self._changes.touches, message, row)
            self._days.note(edit.account, edit.creator_id, old, new)
        self._violations(edit, message, old, new)
        self._contact(edit, message, old, new)
        self._campaigns(edit, message, old, new)

    def _violations(
        self,
        edit: ConversationEdit,
        message: MessageRef,
        old: TouchFacts | None,
        new: TouchFacts | None,
    ) -> None:
        account, creator_id = edit.account, edit.creator_id
        gone: Findings = self._before.findings(account, old) if old else {}
        found: Findings = self._after.findings(account, new) if new else {}
        if old and (gone or found):
            moved = new is None or new.campaign_id != old.campaign_id
            for rule in gone:
                if moved or rule not in found:
                    ref = ViolationRef(message, rule, creator_id, old.campaign_id)
                    self._changes.violations[ref] = ViolationRow(old.sent.occurred_at, None)
        if new:
            for rule, detail in found.items():
                ref = ViolationRef(message, rule, creator_id, new.campaign_id)
                self._changes.violations[ref] = ViolationRow(new.sent.occurred_at, detail)

    def _contact(
        self,
        edit: ConversationEdit,
        message: MessageRef,
        old: TouchFacts | None,
        new: TouchFacts | None,
    ) -> None:
        was: ContactTouch | None = self._before.contact(edit.account, old) if old else None
        now: ContactTouch | None = self._after.contact(edit.account, new) if new else None
        if was != now:
            contact = Contact(edit.account, edit.creator_id)
            self._changes.contacts.setdefault(contact, {})[message.message_id] = now

    def _campaigns(
        self,
        edit: ConversationEdit,
        message: MessageRef,
        old: TouchFacts | None,
        new: TouchFacts | None,
    ) -> None:
        account, creator_id = edit.account, edit.creator_id
        campaigns = self._changes.campaigns
        was = self._before.campaign_touch(account, creator_id, old) if old else None
        now = self._after.campaign_touch(account, creator_id, new) if new else None
        old_ref = _campaign_ref(message, old) if old else None
        new_ref = _campaign_ref(message, new) if new else None
        if old_ref is not None and old_ref != new_ref:
            campaigns.setdefault(old_ref, None)
        if new_ref is not None and (old_ref != new_ref or was != now):
            campaigns[new_ref] = now

    def _inbound(
        self, edit: ConversationEdit, old: InboundFacts | None, new: InboundFacts | None
    ) -> None:
        facts = new or old
        assert facts is not None
        message = MessageRef(edit.account, facts.received.message_id)
        changes = self._changes
        for rows, is_reply in ((changes.replies, True), (changes.audience_messages, False)):
            if new is not None and new.is_reply is is_reply:
                rows[message] = InboundRow(edit.creator_id, new, withdrawn=False)
            elif old is not None and old.is_reply is is_reply:
                _settle_row(rows, message, InboundRow(edit.creator_id, old, withdrawn=True))
        was, now = _opt_out(old), _opt_out(new)
        if was != now:
            contact = Contact(edit.account, edit.creator_id)
            changes.opt_outs.setdefault(contact, {})[message.message_id] = now


def _opt_out(facts: InboundFacts | None) -> OptOut | None:
    if facts is None or facts.received.reply_class is not ReplyClass.OPT_OUT:
        return None
    received = facts.received
    return OptOut(received.occurred_at, received.event_id, received.message_id)


def _campaign_ref(message: MessageRef, facts: TouchFacts) -> CampaignRef:
    return CampaignRef(message, facts.campaign_id, day_of(facts.sent.occurred_at))


def _settle_row(into: dict[MessageRef, Row], message: MessageRef, row: Row) -> None:
    """Note a row: a message that left one conversation for another is there, not withdrawn."""
    there = into.get(message)
    if there is None or there.withdrawn or not row.withdrawn:
        into[message] = row
