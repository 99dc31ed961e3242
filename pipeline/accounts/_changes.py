"""What came of a batch of events: rows for the data team, feeds for the other folds."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.accounts._keys import Account
from pipeline.conversation import InboundFacts, Phase, TouchFacts
from pipeline.copies import MaskedText
from pipeline.events import CampaignId, CreatorId, Event, EventId, MessageId, Milliseconds
from pipeline.rates import ResponseCell, ResponseCounts, StepCell, StepCounts
from pipeline.replies import ReplyClass
from pipeline.rules import RuleCode
from pipeline.signals import JudgedText, Seen


class MessageRef(NamedTuple):
    """A message within everything."""

    account: Account
    message_id: MessageId


class TouchRow(NamedTuple):
    """A touch as it now stands; withdrawn when the message is no touch any more."""

    creator_id: CreatorId
    facts: TouchFacts
    withdrawn: bool
    excess: bool = False
    """Whether it is a follow-up beyond the limit."""

    @property
    def seen(self) -> Seen | None:
        """What its text shows where it stands; None where it was not judged."""
        return seen_of(self.facts, excess=self.excess)


class InboundRow(NamedTuple):
    """A reply or an audience message as it now stands, or withdrawn."""

    creator_id: CreatorId
    facts: InboundFacts
    withdrawn: bool


class ViolationRef(NamedTuple):
    """A touch and the rule it may break. Creator and campaign tell apart who judges it."""

    message: MessageRef
    rule: RuleCode
    creator_id: CreatorId
    campaign_id: CampaignId


class ViolationRow(NamedTuple):
    """A broken rule as it now stands; no detail when the touch does not break it any more."""

    sent_at: Milliseconds
    detail: str | None


class Broken(NamedTuple):
    """When the touches were sent that broke a rule before, and that break it now.

    Only where the two differ.
    """

    before: dict[ViolationRef, Milliseconds]
    after: dict[ViolationRef, Milliseconds]

    @classmethod
    def none(cls) -> Broken:
        """Return what to add to."""
        return cls({}, {})


class ContactTouch(NamedTuple):
    """A touch as the creator's side needs it, with the limits that bind it."""

    occurred_at: Milliseconds
    event_id: EventId
    message_id: MessageId
    campaign_id: CampaignId
    phase: Phase
    opens_attempt: bool
    contact_cap: int | None
    opted_out_binds: bool


class OptOut(NamedTuple):
    """A message in which the creator asked to stop."""

    occurred_at: Milliseconds
    event_id: EventId
    message_id: MessageId


class CampaignTouch(NamedTuple):
    """A touch as its campaign needs it, with the limit that binds it."""

    occurred_at: Milliseconds
    event_id: EventId
    creator_id: CreatorId
    phase: Phase
    daily_cap: int | None


class CampaignRef(NamedTuple):
    """A touch and where its campaign keeps it."""

    message: MessageRef
    campaign_id: CampaignId
    day: int
    """The UTC day that it was sent on, counted from 1970-01-01."""


class CampaignConduct(NamedTuple):
    """A touch as its campaign's risk counts it."""

    account: Account
    campaign_id: CampaignId
    occurred_at: Milliseconds
    phase: Phase
    attempt_started_at: Milliseconds
    opens_attempt: bool
    rules: frozenset[RuleCode]
    """Those it breaks, as far as its conversation knows."""
    seen: Seen | None
    replied_at: Milliseconds | None
    reply_class: ReplyClass | None


class CampaignOpener(NamedTuple):
    """An opener as its campaign compares it with others; without a text it is gone."""

    account: Account
    campaign_id: CampaignId
    message_id: MessageId
    creator_id: CreatorId
    occurred_at: Milliseconds
    text: MaskedText | None


class Contact(NamedTuple):
    """Who speaks with whom."""

    account: Account
    creator_id: CreatorId


class AccountChanges(NamedTuple):
    """All that a batch changed. Of a thing that changed twice, only how it ended."""

    touches: dict[MessageRef, TouchRow]
    replies: dict[MessageRef, InboundRow]
    audience_messages: dict[MessageRef, InboundRow]
    violations: dict[ViolationRef, ViolationRow]
    response_cells: dict[Account, dict[ResponseCell, ResponseCounts]]
    step_cells: dict[Account, dict[StepCell, StepCounts]]
    contacts: dict[Contact, dict[MessageId, ContactTouch | None]]
    """Of the creators' feed: touches that changed; None for one that is gone."""
    opt_outs: dict[Contact, dict[MessageId, OptOut | None]]
    campaigns: dict[CampaignRef, CampaignTouch | None]
    """Of the campaigns' feed, likewise."""
    events: dict[MessageRef, Event]
    """The events that the rows come from, but for withdrawn ones."""
    judged: dict[MessageRef, JudgedText]
    """What the texts of the touches among them were judged to show."""
    conduct: list[tuple[CampaignConduct, bool]]
    """What is to be counted from now on (True), and what no longer is."""
    openers: list[CampaignOpener]
    """Those that are other ones now, in this order."""
    broken: Broken
    """The rules of accounts that are broken now and were not, and the other way round."""

    @classmethod
    def none(cls) -> AccountChanges:
        """Return changes to add to."""
        return cls({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, [], [], Broken.none())


def note_differences(
    was: dict[ViolationRef, ViolationRow],
    now: dict[ViolationRef, ViolationRow],
    changed: dict[ViolationRef, ViolationRow],
    broken: Broken | None = None,
) -> None:
    """Note in `changed` how what is broken now differs from what was broken, and in `broken`.

    What another comparison found broken in the meantime stays: a touch that moved from one place
    to another is broken where it is, whichever place is looked at first.
    """
    for ref, row in was.items():
        if ref not in now:
            changed.setdefault(ref, ViolationRow(row.sent_at, None))
    changed.update((ref, row) for ref, row in now.items() if was.get(ref) != row)
    if broken is not None:
        for ref in was.keys() | now.keys():
            old, new = was.get(ref), now.get(ref)
            if old is None or new is None or old.sent_at != new.sent_at:
                if old is not None:
                    broken.before[ref] = old.sent_at
                if new is not None:
                    broken.after[ref] = new.sent_at


def seen_of(facts: TouchFacts, *, excess: bool) -> Seen | None:
    """Return what the text of a touch shows where it stands; None where it was not judged."""
    marks = facts.sent.marks
    return None if marks is None else marks.seen(opens=facts.opens_attempt, excess=excess)
