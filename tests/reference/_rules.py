"""The cadence rules: each one is a sentence of product.md, asked of one touch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tests.reference._conversation import OUTREACH, Conversation, Touch, phase_at
from tests.reference._event import DAY, Event
from tests.reference._limits import Limits
from tests.reference._pause import Pause

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CAP_WINDOW = DAY
_CONTACT_WINDOW = 30 * DAY


@dataclass(frozen=True)
class Case:
    """One touch to audit, and all that a rule may ask about.

    `all_touches` are those of every workspace; `opt_outs` are the inbound messages of that class.
    """

    touch: Touch
    conversation: Conversation
    all_touches: Sequence[Touch]
    opt_outs: Sequence[Event]
    limits: Limits
    account_timezone: str | None
    pauses: Sequence[Pause] = ()
    """Those of all campaigns."""

    @property
    def event(self) -> Event:
        """The event of the touch."""
        return self.touch.event

    @property
    def is_outreach(self) -> bool:
        """Whether the touch is in the outreach phase of its attempt."""
        return self.touch.phase == OUTREACH

    @property
    def touches_before(self) -> list[Touch]:
        """The touches of the conversation before this one."""
        return [t for t in self.conversation.touches if t.event.order < self.event.order]

    def within(self, window: int, events: Iterable[Event]) -> list[Event]:
        """Return the events before the touch that are less than `window` ms old."""
        return [
            event
            for event in events
            if event.order < self.event.order
            and self.event.occurred_at - event.occurred_at < window
        ]


def _follow_up_limit(case: Case) -> bool:
    most = case.limits.max_follow_ups
    return most is not None and case.touch.step > most


def _min_gap(case: Case) -> bool:
    previous = case.touch.previous
    gap = case.limits.min_gap
    if gap is None or previous is None or not case.is_outreach:
        return False
    return case.event.occurred_at - previous.event.occurred_at < gap


def _pre_accept_limit(case: Case) -> bool:
    most = case.limits.max_pre_accept
    if most is None or not case.is_outreach:
        return False
    before = [touch.event for touch in case.touches_before]
    accepted = any(event.creator_accepted for event in [*before, case.event])
    written = any(message.order < case.event.order for message in case.conversation.inbound)
    return not accepted and not written and len(before) >= most


def _account_daily_cap(case: Case) -> bool:
    cap = case.limits.account_daily_cap
    sent = [t.event for t in case.all_touches if t.event.account == case.event.account]
    return cap is not None and len(case.within(_CAP_WINDOW, sent)) >= cap


def _campaign_daily_cap(case: Case) -> bool:
    cap = case.limits.campaign_daily_cap
    sent = [
        touch.event
        for touch in case.all_touches
        if touch.event.workspace == case.event.workspace
        and touch.campaign_id == case.touch.campaign_id
    ]
    return cap is not None and len(case.within(_CAP_WINDOW, sent)) >= cap


def _quiet_hours(case: Case) -> bool:
    if case.limits.quiet_hours is None or not case.is_outreach:
        return False
    start, end = case.limits.quiet_hours
    clock = _wall_clock(case)
    if start <= end:
        return start <= clock < end
    return clock >= start or clock < end


def _wall_clock(case: Case) -> time:
    given = [touch.event.creator_timezone for touch in reversed(case.touches_before)]
    zones = [case.event.creator_timezone, *given, case.account_timezone, "UTC"]
    zone = next(name for name in zones if name)
    instant = _EPOCH + timedelta(milliseconds=case.event.occurred_at)
    return instant.astimezone(ZoneInfo(zone)).time()


def _opted_out(case: Case) -> bool:
    return case.limits.opted_out and any(
        message.creator == case.event.creator and message.order < case.event.order
        for message in case.opt_outs
    )


def _recontact_gap(case: Case) -> bool:
    gap = case.limits.recontact_gap
    if gap is None or not case.touch.opens_an_attempt:
        return False
    unanswered = [
        touch.event
        for touch in case.touches_before
        if phase_at(case.event, touch.opener, case.conversation.messages) == OUTREACH
    ]
    return bool(case.within(gap, unanswered))


def _creator_contact_cap(case: Case) -> bool:
    cap = case.limits.creator_contact_cap
    if cap is None or not case.touch.opens_an_attempt:
        return False
    openers = [
        touch.event
        for touch in case.all_touches
        if touch.opens_an_attempt and touch.event.creator == case.event.creator
    ]
    return len(case.within(_CONTACT_WINDOW, openers)) >= cap


def _campaign_paused(case: Case) -> bool:
    decided = [
        (pause.at, pause.pause_id, pause.paused)
        for pause in case.pauses
        if pause.workspace == case.event.workspace
        and pause.campaign_id == case.touch.campaign_id
        and pause.at <= case.event.occurred_at
    ]
    return case.limits.campaign_paused and case.is_outreach and bool(decided) and max(decided)[2]


RULES: dict[str, Callable[[Case], bool]] = {
    "follow_up_limit": _follow_up_limit,
    "min_gap": _min_gap,
    "pre_accept_limit": _pre_accept_limit,
    "account_daily_cap": _account_daily_cap,
    "campaign_daily_cap": _campaign_daily_cap,
    "quiet_hours": _quiet_hours,
    "opted_out": _opted_out,
    "recontact_gap": _recontact_gap,
    "creator_contact_cap": _creator_contact_cap,
}
"""Every rule that touches and replies alone decide."""
DECIDED_RULES: dict[str, Callable[[Case], bool]] = {"campaign_paused": _campaign_paused}
"""Those that need what somebody decided as well."""
