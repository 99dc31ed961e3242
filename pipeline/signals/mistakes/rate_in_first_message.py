"""Money in an opener: a price, a budget, a commission, any concrete offer of it."""

from __future__ import annotations

from pipeline.signals._evidence import Evidence, in_words
from pipeline.signals._inquiry import Inquiry
from pipeline.signals._message import Message, Span
from pipeline.signals._topics import Topic

SUGGESTION = "Leave money out until they have answered; ask for their rates if you must know them."


def find(inquiry: Inquiry) -> Evidence | None:
    """Look for offers, and for sums that are not what the creator's content is about."""
    if not inquiry.context.is_opener:
        return None
    message = inquiry.message
    offers = message.places(Topic.MONEY)
    sums = [place for place in message.places(Topic.AMOUNT) if not _is_told(message, place)]
    return in_words(message, *offers, *sums) if offers or sums else None


def _is_told(message: Message, place: Span) -> bool:
    """Say whether a sum follows a reference to content in its sentence."""
    return any(
        end <= place[0] and not _ends_between(message.normalised, end, place[0])
        for _, end in message.places(Topic.REFERENCE)
    )


def _ends_between(normalised: str, start: int, end: int) -> bool:
    return normalised.find(". ", start, end) >= 0 or normalised.find("? ", start, end) >= 0
