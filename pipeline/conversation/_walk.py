"""Walk through a conversation once and say what each message is: step, phase, credit."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.conversation._entries import Entry, Received, Sent
from pipeline.conversation._facts import InboundFacts, Phase, TouchFacts, Walk
from pipeline.events import CampaignId, MessageId, Milliseconds

HOUR = 3_600_000
DAY = 24 * HOUR
CREDIT_WINDOW = 30 * DAY
"""A reply is credited when it comes less than this after the touch."""
BUBBLE_GAP = HOUR
"""In the conversation phase, a touch less than this after the one before it has its step."""

_NO_CAMPAIGN = CampaignId("")


class _Attempt:
    """The touches of one campaign so far. `turn` counts the creator's messages."""

    __slots__ = ("last_at", "last_step", "last_turn", "opened_turn", "opener")

    def __init__(self, opener: Sent, turn: int) -> None:
        self.opener = opener
        self.opened_turn = turn
        self.last_turn = turn
        self.last_at = opener.occurred_at
        self.last_step = 0

    def take(self, sent: Sent, turn: int) -> tuple[int, Milliseconds | None]:
        """Add a later touch; return its step and when the touch before it in its streak was."""
        if self.last_turn == turn:
            previous_at = self.last_at
            in_conversation = self.opened_turn != turn
            if not (in_conversation and sent.occurred_at - previous_at < BUBBLE_GAP):
                self.last_step += 1
        else:
            previous_at = None
            self.last_step = 0
        self.last_turn = turn
        self.last_at = sent.occurred_at
        return self.last_step, previous_at


class _Walker:
    """The state of a walk: what has been said in the conversation so far."""

    def __init__(self) -> None:
        self._attempts: dict[CampaignId, _Attempt] = {}
        self._turn = 0
        self._touches_before = 0
        self._campaign = _NO_CAMPAIGN
        self._timezone: str | None = None
        self._accepted = False
        self._outreach_at: Milliseconds | None = None

    def touch(self, sent: Sent, credited: Received | None) -> TouchFacts:
        turn = self._turn
        campaign = self._campaign if sent.campaign_id is None else sent.campaign_id
        attempt = self._attempts.get(campaign)
        other_outreach_at = previous_at = None
        step = 0
        if attempt is None:
            attempt = self._attempts[campaign] = _Attempt(sent, turn)
            other_outreach_at = self._outreach_at
        else:
            step, previous_at = attempt.take(sent, turn)
        in_outreach = attempt.opened_turn == turn
        if in_outreach:
            self._outreach_at = sent.occurred_at
        if sent.timezone is not None:
            self._timezone = sent.timezone
        self._accepted = self._accepted or sent.accepted
        self._campaign = campaign
        self._touches_before += 1
        return TouchFacts(
            sent=sent,
            campaign_id=campaign,
            step=step,
            phase=Phase.OUTREACH if in_outreach else Phase.CONVERSATION,
            opener=attempt.opener,
            credited=credited,
            previous_at=previous_at,
            touches_before=self._touches_before - 1,
            accepted=self._accepted,
            creator_has_written=turn > 0,
            timezone=self._timezone,
            other_outreach_at=other_outreach_at,
        )

    def inbound(self, received: Received, credited_message_id: MessageId | None) -> InboundFacts:
        self._turn += 1
        self._outreach_at = None
        return InboundFacts(
            received=received,
            is_reply=self._touches_before > 0,
            campaign_id=self._campaign,
            credited_message_id=credited_message_id,
        )


def walk(entries: Sequence[Entry]) -> Walk:
    """Return the facts of a conversation from its entries, which are in their order.

    Linear in the number of entries, and a function of them alone.
    """
    walker = _Walker()
    touches: list[TouchFacts] = []
    inbound: list[InboundFacts] = []
    last = len(entries) - 1
    before: Entry | None = None
    for index, entry in enumerate(entries):
        if isinstance(entry, Sent):
            after = entries[index + 1] if index < last else None
            credited = after if isinstance(after, Received) and _credits(entry, after) else None
            touches.append(walker.touch(entry, credited))
        else:
            credited_id = (
                before.message_id if isinstance(before, Sent) and _credits(before, entry) else None
            )
            inbound.append(walker.inbound(entry, credited_id))
        before = entry
    return Walk(tuple(touches), tuple(inbound))


def _credits(sent: Sent, received: Received) -> bool:
    """Whether a message is credited to the touch that stands right before it."""
    return received.occurred_at - sent.occurred_at < CREDIT_WINDOW
