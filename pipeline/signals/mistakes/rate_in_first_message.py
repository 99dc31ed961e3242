"""Money in an opener: a price, a budget, a commission, any concrete offer of it."""

from __future__ import annotations

from pipeline.signals._evidence import Evidence, in_words
from pipeline.signals._inquiry import Inquiry
from pipeline.signals._topics import Topic
from pipeline.signals.mistakes._content_told import without_told

SUGGESTION = "Leave money out until they have answered; ask for their rates if you must know them."


def find(inquiry: Inquiry) -> Evidence | None:
    """Look for offers, and for sums that are not what the creator's content is about."""
    if not inquiry.context.is_opener:
        return None
    message = inquiry.message
    offers = [place for place in message.places(Topic.MONEY) if not message.is_quoted(*place)]
    sums = message.places(Topic.AMOUNT)
    if not offers:
        sums = without_told(inquiry, sums)
    return in_words(message, *offers, *sums) if offers or sums else None
