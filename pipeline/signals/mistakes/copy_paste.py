"""Words that show a template: fields not filled in, or wording that only templates have."""

from __future__ import annotations

from pipeline.signals._codes import Element
from pipeline.signals._evidence import Evidence, in_folded, in_words
from pipeline.signals._folding import fold
from pipeline.signals._inquiry import Inquiry
from pipeline.signals._merge_fields import find_merge_fields
from pipeline.signals._topics import Topic

SUGGESTION = "Write this one for this person: fill in what was left open, and drop the stock words."


def find(inquiry: Inquiry) -> Evidence | None:
    """Look for merge fields, then for template wording or stock phrases and nothing personal."""
    message = inquiry.message
    fields = find_merge_fields(fold(message.text, latin=message.latin))
    if fields:
        return in_folded(message, *(match.span() for match in fields))
    if Element.CONTENT_REFERENCE in inquiry.elements:
        return None
    template = message.places(Topic.TEMPLATE)
    if template:
        return in_words(message, *template)
    stock = message.places(Topic.STOCK)
    if inquiry.context.is_opener and len(stock) >= inquiry.thresholds.stock_phrases:
        return in_words(message, *stock)
    return None
