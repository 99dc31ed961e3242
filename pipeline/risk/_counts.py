"""What is counted of a campaign, and what one touch adds to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import Final

from pipeline.conversation import Phase
from pipeline.events import Milliseconds
from pipeline.replies import ReplyClass
from pipeline.risk._conduct import BrokenRules, Conduct
from pipeline.risk._settings import RiskSettings
from pipeline.rules import RuleCode
from pipeline.signals import SignalCode

MINUTE: Final = 60_000


class Count(IntEnum):
    """What is counted. The numbers stand in stored state: none is ever given another meaning."""

    TOUCHES = 0
    ATTEMPTS = 1
    """Touches that open an attempt."""
    EXCESS = 2
    """Follow-ups beyond the limit."""
    VIOLATIONS = 3
    """Touches times the rules they break."""
    OPT_OUTS = 4
    """Credited replies of this class, when they came."""
    NEGATIVES = 5
    ANSWERED = 6
    """Attempts answered before patience ends, when they were opened."""
    READ = 7
    """Openers that the creator has read."""
    UNANSWERED = 8
    """Those of them that were not answered before patience ended."""
    JUDGED = 9
    """Openers that have a quality."""
    LACK = 10
    """What the quality of openers lacks of 100, added up."""
    REFERRING = 11
    """Openers that refer to the creator's own content."""

    NO_CONTENT_REFERENCE = 20
    COPY_PASTE = 21
    RATE_IN_FIRST_MESSAGE = 22
    BRIEF_IN_FIRST_MESSAGE = 23
    INFORMAL_TONE = 24
    LINK = 25
    SHOUTING = 26
    EMOJI_FLOOD = 27
    DISGUISED_TEXT = 28

    FOLLOW_UP_LIMIT = 40
    MIN_GAP = 41
    PRE_ACCEPT_LIMIT = 42
    ACCOUNT_DAILY_CAP = 43
    CAMPAIGN_DAILY_CAP = 44
    QUIET_HOURS = 45
    OPTED_OUT = 46
    RECONTACT_GAP = 47
    CREATOR_CONTACT_CAP = 48
    CAMPAIGN_PAUSED = 49


Tally = Mapping[Count, int]
"""How many there are of each; what is not in it is not there."""

TRAITS: Final[Mapping[SignalCode, Count]] = {
    code: Count[code.name] for code in SignalCode if code is not SignalCode.FOLLOW_UP_EXCESS
}
"""Traits of openers, and what counts them."""

RULES: Final[Mapping[RuleCode, Count]] = {rule: Count[rule.name] for rule in RuleCode}
"""Rules, and what counts the touches that break each."""

SEEN_LATE: Final = frozenset({Count.ANSWERED, Count.READ, Count.UNANSWERED})
"""What is only looked at when the patience with an attempt has ended."""

_REFUSALS: Final = {
    ReplyClass.OPT_OUT: Count.OPT_OUTS,
    ReplyClass.NEGATIVE: Count.NEGATIVES,
}


def counted(
    facts: Conduct | BrokenRules, settings: RiskSettings
) -> Iterator[tuple[Milliseconds, Count, int]]:
    """Yield what a touch adds: when, to what, and how many. It depends on nothing but the facts."""
    at = facts.occurred_at
    for rule in facts.rules:
        yield at, Count.VIOLATIONS, 1
        yield at, RULES[rule], 1
    if isinstance(facts, BrokenRules):
        return
    yield at, Count.TOUCHES, 1
    if SignalCode.FOLLOW_UP_EXCESS in facts.signals:
        yield at, Count.EXCESS, 1
    if facts.opens_attempt:
        yield at, Count.ATTEMPTS, 1
        yield from _of_opener(facts)
    if facts.replied_at is not None and facts.reply_class in _REFUSALS:
        yield facts.replied_at, _REFUSALS[facts.reply_class], 1
    yield from _of_answer(facts, settings)


def is_answer_in_time(
    started: Milliseconds, replied_at: Milliseconds | None, settings: RiskSettings
) -> bool:
    """Return whether a reply came before patience ended with the attempt that it answers."""
    return replied_at is not None and replied_at - started < settings.patience * MINUTE


def _of_opener(facts: Conduct) -> Iterator[tuple[Milliseconds, Count, int]]:
    at = facts.occurred_at
    for code in facts.signals:
        if code in TRAITS:
            yield at, TRAITS[code], 1
    if facts.quality is not None:
        yield at, Count.JUDGED, 1
        if facts.quality < 100:  # noqa: PLR2004 - the best quality there is
            yield at, Count.LACK, 100 - facts.quality
    if facts.refers:
        yield at, Count.REFERRING, 1


def _of_answer(facts: Conduct, settings: RiskSettings) -> Iterator[tuple[Milliseconds, Count, int]]:
    started = facts.attempt_started_at
    answered = is_answer_in_time(started, facts.replied_at, settings)
    if answered and facts.phase is Phase.OUTREACH:
        yield started, Count.ANSWERED, 1
    if facts.read and facts.opens_attempt:
        yield started, Count.READ, 1
        if not answered:
            yield started, Count.UNANSWERED, 1
