"""A brief in an opener: deliverables, numbers of posts, deadlines, usage rights, requirements."""

from __future__ import annotations

from pipeline.signals._codes import Element
from pipeline.signals._evidence import Evidence, in_words
from pipeline.signals._inquiry import Inquiry
from pipeline.signals._topics import Topic
from pipeline.signals.mistakes._content_told import begins_quoted, without_told

SUGGESTION = "Keep the brief for later: first see whether they are interested at all."


def find(inquiry: Inquiry) -> Evidence | None:
    """Look for words of a brief that are not about the creator's content."""
    if not inquiry.context.is_opener:
        return None
    message = inquiry.message
    places = message.places(Topic.BRIEF)
    if Element.CONTENT_REFERENCE in inquiry.elements:
        places = without_told(inquiry, places, strictly=True)
    else:
        places = [place for place in places if not begins_quoted(message, place)]
    return in_words(message, *places) if places else None
