"""Touches, steps, phases, replies and credits of one conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.reference._event import DAY, HOUR, Event

OUTREACH = "outreach"
CONVERSATION = "conversation"

CREDIT_WINDOW = 30 * DAY
BUBBLE_WINDOW = HOUR


@dataclass(frozen=True)
class Touch:
    """A touch and its place; `previous` is the touch before it in its streak."""

    event: Event
    campaign_id: str
    opener: Event
    phase: str
    step: int
    previous: Touch | None

    @property
    def template_id(self) -> str:
        """Its own template, or none."""
        return self.event.template_id or ""

    @property
    def opens_an_attempt(self) -> bool:
        """Whether it is the first touch of its campaign in its conversation."""
        return self.event == self.opener


@dataclass(frozen=True)
class Conversation:
    """The messages between one account and one creator, and the touches among them, in order."""

    messages: tuple[Event, ...]
    touches: tuple[Touch, ...]

    @property
    def inbound(self) -> list[Event]:
        """What the creator wrote."""
        return [message for message in self.messages if message.is_inbound]

    def touch_before(self, message: Event) -> Touch | None:
        """Return the last touch before a message; an inbound one without it is for the audience."""
        before = [touch for touch in self.touches if touch.event.order < message.order]
        return before[-1] if before else None

    def credited_touch(self, reply: Event) -> Touch | None:
        """Return the touch that an inbound message is credited to."""
        touch = self.touch_before(reply)
        if touch is None:
            return None
        between = [other for other in self.inbound if touch.event.order < other.order < reply.order]
        in_time = reply.occurred_at - touch.event.occurred_at < CREDIT_WINDOW
        return touch if in_time and not between else None

    def credited_reply(self, touch: Touch) -> Event | None:
        """Return the reply that is credited to a touch: there is one at most."""
        credited = [reply for reply in self.inbound if self.credited_touch(reply) is touch]
        assert len(credited) <= 1
        return credited[0] if credited else None


def phase_at(moment: Event, opener: Event, messages: Sequence[Event]) -> str:
    """Return the phase, at one moment, of the attempt that an opener opened."""
    answered = any(
        message.is_inbound and opener.order < message.order < moment.order for message in messages
    )
    return CONVERSATION if answered else OUTREACH


def walk(messages: Sequence[Event]) -> Conversation:
    """Work out one conversation from its messages in order."""
    touches: list[Touch] = []
    for message in messages:
        if message.is_touch:
            touches.append(_place(message, touches, messages))
    return Conversation(tuple(messages), tuple(touches))


def _place(event: Event, earlier: Sequence[Touch], messages: Sequence[Event]) -> Touch:
    inherited = earlier[-1].campaign_id if earlier else ""
    campaign_id = event.campaign_id or inherited
    attempt = [touch for touch in earlier if touch.campaign_id == campaign_id]
    opener = attempt[0].event if attempt else event
    phase = phase_at(event, opener, messages)
    previous = _last_of_streak(event, attempt, messages)
    return Touch(event, campaign_id, opener, phase, _step(event, previous, phase), previous)


def _last_of_streak(
    event: Event, attempt: Sequence[Touch], messages: Sequence[Event]
) -> Touch | None:
    written = [m for m in messages if m.is_inbound and m.order < event.order]
    streak = [touch for touch in attempt if not written or written[-1].order < touch.event.order]
    return streak[-1] if streak else None


def _step(event: Event, previous: Touch | None, phase: str) -> int:
    if previous is None:
        return 0
    is_bubble = event.occurred_at - previous.event.occurred_at < BUBBLE_WINDOW
    if phase == CONVERSATION and is_bubble:
        return previous.step
    return previous.step + 1
