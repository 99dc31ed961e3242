"""Money in an opener: a price, a budget, a commission, any concrete offer of it."""

from __future__ import annotations

from pipeline.signals._evidence import Evidence, in_words
from pipeline.signals._inquiry import Inquiry
from pipeline.signals._message import Message, Span
from pipeline.signals._topics import Topic
from pipeline.signals.elements.content_reference import specific_references

SUGGESTION = "Leave money out until they have answered; ask for their rates if you must know them."


def find(inquiry: Inquiry) -> Evidence | None:
    """Look for offers, and for sums that are not what the creator's content is about."""
    if not inquiry.context.is_opener:
        return None
    message = inquiry.message
    offers = [place for place in message.places(Topic.MONEY) if not message.is_quoted(*place)]
    sums = message.places(Topic.AMOUNT)
    if sums and not offers:
        told = list(specific_references(message, inquiry.context.creator_name))
        sums = [place for place in sums if not _is_told(message, place, told)]
    return in_words(message, *offers, *sums) if offers or sums else None


def _is_told(message: Message, place: Span, told: list[Span]) -> bool:
    """Say whether a sum stands in quotation marks, or in a sentence that speaks of content.

    It is offered all the same where that sentence wishes for something before it.
    """
    if message.is_quoted(*place):
        return True
    normalised = message.normalised
    start = max(normalised.rfind(". ", 0, place[0]), normalised.rfind("? ", 0, place[0]))
    end = min(
        (at for at in (normalised.find(mark, place[1]) for mark in (". ", "? ")) if at >= 0),
        default=len(normalised),
    )
    wishes = any(start < begin < place[0] for begin, _ in message.places(Topic.INTEREST))
    return not wishes and any(start < begin < end for begin, _ in told)
