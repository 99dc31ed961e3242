"""An opener that could have been sent to anyone."""

from __future__ import annotations

from pipeline.signals._codes import Element
from pipeline.signals._evidence import Evidence, in_words
from pipeline.signals._inquiry import Inquiry
from pipeline.signals._topics import Topic

SUGGESTION = (
    "Refer to one post of theirs by what happens in it; praise that fits everyone counts for none."
)


def find(inquiry: Inquiry) -> Evidence | None:
    """Look for an opener without a reference; what praise it has instead is shown."""
    message, context = inquiry.message, inquiry.context
    if not context.is_opener or Element.CONTENT_REFERENCE in inquiry.elements:
        return None
    if message.lexicon is None and not context.creator_content:
        return None
    return in_words(message, *message.places(Topic.STOCK)[:2])
