"""Money in an opener: a price, a budget, a commission, any concrete offer of it."""

from __future__ import annotations

import re
from typing import Final

from pipeline.signals._evidence import Evidence, in_words
from pipeline.signals._inquiry import Inquiry
from pipeline.signals._message import Span
from pipeline.signals._topics import Topic
from pipeline.signals.mistakes._content_told import without_told

SUGGESTION = "Leave money out until they have answered; ask for their rates if you must know them."

_FIGURE: Final = re.compile(r"\d[\d.,]*")


def find(inquiry: Inquiry) -> Evidence | None:
    """Look for offers, and for sums that are not what the creator's content is about."""
    if not inquiry.context.is_opener:
        return None
    message = inquiry.message
    offers = [place for place in message.places(Topic.MONEY) if not message.is_quoted(*place)]
    sums = message.places(Topic.AMOUNT)
    if not offers:
        sums = [place for place in without_told(inquiry, sums) if not _is_theirs(inquiry, place)]
    return in_words(message, *offers, *sums) if offers or sums else None


def _is_theirs(inquiry: Inquiry, place: Span) -> bool:
    """Say whether the figure of a sum stands in what is known of the creator's content."""
    content = inquiry.context.creator_content
    if not content:
        return False
    start, end = inquiry.message.span_of_words(*place)
    figure = _FIGURE.search(inquiry.message.text, start, end)
    return figure is not None and any(figure[0] in _FIGURE.findall(each) for each in content)
