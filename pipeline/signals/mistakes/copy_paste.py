"""Words that show a template: fields not filled in, or wording that only templates have."""

from __future__ import annotations

from typing import Final

from pipeline.signals._codes import Element
from pipeline.signals._evidence import Evidence, in_folded, in_words
from pipeline.signals._inquiry import Inquiry
from pipeline.signals._topics import Topic

_QUOTES: Final = frozenset('"\u201c\u201e\u00ab')

SUGGESTION = "Write this one for this person: fill in what was left open, and drop the stock words."


def find(inquiry: Inquiry) -> Evidence | None:
    """Look for a template; in openers, also for stock phrases and nothing personal."""
    template = find_template(inquiry)
    if template is not None or not inquiry.context.is_opener:
        return template
    stock = inquiry.message.places(Topic.STOCK)
    if Element.CONTENT_REFERENCE in inquiry.elements or (
        len(stock) < inquiry.thresholds.stock_phrases
    ):
        return None
    return in_words(inquiry.message, *stock)


def find_template(inquiry: Inquiry) -> Evidence | None:
    """Look for what gives any message away: merge fields, or wording that only templates have."""
    message = inquiry.message
    # What stands in quotation marks is what somebody wrote about fields.
    fields = [
        place for place in message.merge_fields if message.folded[: place[0]][-1:] not in _QUOTES
    ]
    if fields:
        return in_folded(message, *fields)
    if Element.CONTENT_REFERENCE in inquiry.elements:
        return None
    template = message.places(Topic.TEMPLATE)
    return in_words(message, *template) if template else None
