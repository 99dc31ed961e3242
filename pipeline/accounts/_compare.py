"""Compare a conversation with how it was, and note every difference that somebody needs."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from pipeline.accounts._changes import (
    AccountChanges,
    CampaignConduct,
    CampaignOpener,
    CampaignRef,
    CampaignTouch,
    Contact,
    InboundRow,
    MessageRef,
    OptOut,
    TouchRow,
    ViolationRef,
    ViolationRow,
    note_differences,
    seen_of,
)
from pipeline.accounts._days import DayEdits, day_of
from pipeline.accounts._edits import ConversationEdit
from pipeline.accounts._judge import Judges, Verdict
from pipeline.accounts._keys import Account
from pipeline.conversation import InboundFacts, TouchFacts, walk
from pipeline.copies import MaskedText
from pipeline.events import CreatorId
from pipeline.replies import ReplyClass
from pipeline.rules import RuleCode
from pipeline.signals import Seen

Row = TypeVar("Row", TouchRow, InboundRow)

_TO_COME = MaskedText("")
"""Stands where the text of an opener belongs until all of a batch is compared."""

Side = tuple[TouchFacts | None, Verdict | None]
"""A touch and what is said of it, before or after; None where it is not there."""


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
        account, creator_id = edit.account, edit.creator_id
        message = MessageRef(account, facts.sent.message_id)
        only_credited = self._same_policy and _differ_in_credit_alone(old, new)
        now = self._after.verdict(account, creator_id, new) if new else None
        if only_credited:
            was = now
        else:
            was = self._before.verdict(account, creator_id, old) if old else None
        shown = _outcome(old) != _outcome(new) or _seen(old, was) != _seen(new, now)
        if shown or message.message_id in edit.replaced:
            row = TouchRow(creator_id, facts, withdrawn=new is None, excess=_is_excess(now))
            _settle_row(self._changes.touches, message, row)
        if old != new:
            self._days.note(account, creator_id, old, new)
        self._conduct(account, (old, was), (new, now))
        if only_credited:
            return
        note_differences(
            _broken(message, creator_id, old, was),
            _broken(message, creator_id, new, now),
            self._changes.violations,
        )
        if (was and was.contact) != (now and now.contact):
            contacts = self._changes.contacts.setdefault(Contact(account, creator_id), {})
            contacts[message.message_id] = now.contact if now else None
        self._campaigns(message, (old, was), (new, now))
        self._openers(edit, old, new)

    def _conduct(self, account: Account, before: Side, after: Side) -> None:
        was, now = _conduct_of(account, *before), _conduct_of(account, *after)
        if was != now:
            told = ((was, False), (now, True))
            self._changes.conduct.extend((each, holds) for each, holds in told if each is not None)

    def _openers(
        self, edit: ConversationEdit, old: TouchFacts | None, new: TouchFacts | None
    ) -> None:
        was, now = _opener_of(edit, old), _opener_of(edit, new)
        if was is not None and was != now:
            self._changes.openers.append(was)
        if now is not None and (was != now or now.message_id in edit.replaced):
            self._changes.openers.append(now._replace(text=_TO_COME))

    def _campaigns(self, message: MessageRef, before: Side, after: Side) -> None:
        campaigns = self._changes.campaigns
        (old_ref, was), (new_ref, now) = (
            _of_campaign(message, *before),
            _of_campaign(message, *after),
        )
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


def _is_excess(verdict: Verdict | None) -> bool:
    return verdict is not None and RuleCode.FOLLOW_UP_LIMIT in verdict.findings


def _seen(facts: TouchFacts | None, verdict: Verdict | None) -> Seen | None:
    return None if facts is None else seen_of(facts, excess=_is_excess(verdict))


def _conduct_of(
    account: Account, facts: TouchFacts | None, verdict: Verdict | None
) -> CampaignConduct | None:
    if facts is None or verdict is None:
        return None
    credited = facts.credited
    return CampaignConduct(
        account=account,
        campaign_id=facts.campaign_id,
        occurred_at=facts.sent.occurred_at,
        phase=facts.phase,
        attempt_started_at=facts.opener.occurred_at,
        opens_attempt=facts.opens_attempt,
        rules=frozenset(verdict.findings),
        seen=_seen(facts, verdict),
        replied_at=credited.occurred_at if credited else None,
        reply_class=credited.reply_class if credited else None,
    )


def _opener_of(edit: ConversationEdit, facts: TouchFacts | None) -> CampaignOpener | None:
    if facts is None or not facts.opens_attempt:
        return None
    sent = facts.sent
    return CampaignOpener(
        edit.account, facts.campaign_id, sent.message_id, edit.creator_id, sent.occurred_at, None
    )


def _opt_out(facts: InboundFacts | None) -> OptOut | None:
    if facts is None or facts.received.reply_class is not ReplyClass.OPT_OUT:
        return None
    received = facts.received
    return OptOut(received.occurred_at, received.event_id, received.message_id)


def _outcome(facts: TouchFacts | None) -> tuple[object, ...] | None:
    return None if facts is None else facts.outcome


def _broken(
    message: MessageRef, creator_id: CreatorId, facts: TouchFacts | None, verdict: Verdict | None
) -> dict[ViolationRef, ViolationRow]:
    if facts is None or verdict is None:
        return {}
    return {
        ViolationRef(message, rule, creator_id, facts.campaign_id): ViolationRow(
            facts.sent.occurred_at, detail
        )
        for rule, detail in verdict.findings.items()
    }


def _differ_in_credit_alone(old: TouchFacts | None, new: TouchFacts | None) -> bool:
    """Tell whether a touch was only replied to, or is no more: no rule asks for that."""
    return (
        old is not None
        and new is not None
        and old.credited != new.credited
        and msgspec.structs.replace(old, credited=new.credited) == new
    )


def _of_campaign(
    message: MessageRef, facts: TouchFacts | None, verdict: Verdict | None
) -> tuple[CampaignRef | None, CampaignTouch | None]:
    """Return where its campaign keeps a touch, and as what; None where it keeps it not."""
    if facts is None or verdict is None or verdict.campaign_touch is None:
        return None, None
    ref = CampaignRef(message, facts.campaign_id, day_of(facts.sent.occurred_at))
    return ref, verdict.campaign_touch


def _settle_row(into: dict[MessageRef, Row], message: MessageRef, row: Row) -> None:
    """Note a row: a message that left one conversation for another is there, not withdrawn."""
    there = into.get(message)
    if there is None or there.withdrawn or not row.withdrawn:
        into[message] = row
