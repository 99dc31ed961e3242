"""Spammy traits that many openers have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from pipeline.risk._counts import TRAITS
from pipeline.risk._inquiry import Finding, Inquiry
from pipeline.risk._wording import of
from pipeline.signals import SignalCode

_SAID: Final[Mapping[SignalCode, str]] = {
    SignalCode.NO_CONTENT_REFERENCE: "refer to nothing of the creator's own content",
    SignalCode.COPY_PASTE: "have the wording of a template",
    SignalCode.RATE_IN_FIRST_MESSAGE: "speak of money",
    SignalCode.BRIEF_IN_FIRST_MESSAGE: "hold a whole brief",
    SignalCode.INFORMAL_TONE: "are over-informal",
    SignalCode.LINK: "hold a link",
    SignalCode.SHOUTING: "shout",
    SignalCode.EMOJI_FLOOD: "are flooded with emoji",
    SignalCode.DISGUISED_TEXT: "are disguised to dodge filters",
}


def finder(trait: SignalCode) -> Callable[[Inquiry], Finding | None]:
    """Return what finds how many of a hundred openers have a trait, at least."""
    count, said = TRAITS[trait], _SAID[trait]

    def find(inquiry: Inquiry) -> Finding | None:
        share = inquiry.behaviour.of_attempts(count)
        if not inquiry.says_something(share):
            return None
        return Finding(share.surely_per_hundred, f"{of(share)} openers {said}")

    return find
