"""The names of what a campaign's risk is made of."""

from __future__ import annotations

from enum import StrEnum


class RiskSignal(StrEnum):
    """What shows that a campaign is turning into spam."""

    # Enum's own is written in Python, and these are keys of every evaluation.
    __hash__ = str.__hash__

    COPIES = "copies"
    LOCKSTEP = "lockstep"
    FOLLOW_UP_EXCESS = "follow_up_excess"
    RULE_VIOLATIONS = "rule_violations"
    BURST = "burst"
    LOW_RESPONSE_RATE = "low_response_rate"
    OPT_OUTS = "opt_outs"
    NEGATIVE_REPLIES = "negative_replies"
    READ_UNANSWERED = "read_unanswered"
    LOW_QUALITY = "low_quality"

    # The rest are traits of openers, under the names that they have in a message.
    NO_CONTENT_REFERENCE = "no_content_reference"
    COPY_PASTE = "copy_paste"
    RATE_IN_FIRST_MESSAGE = "rate_in_first_message"
    BRIEF_IN_FIRST_MESSAGE = "brief_in_first_message"
    INFORMAL_TONE = "informal_tone"
    LINK = "link"
    SHOUTING = "shouting"
    EMOJI_FLOOD = "emoji_flood"
    DISGUISED_TEXT = "disguised_text"
