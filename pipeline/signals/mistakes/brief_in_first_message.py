"""A brief in an opener: deliverables, numbers of posts, deadlines, usage rights, requirements."""

from __future__ import annotations

from pipeline.signals._evidence import Evidence, in_words
from pipeline.signals._inquiry import Inquiry
from pipeline.signals._topics import Topic

SUGGESTION = "Keep the brief for later: first see whether they are interested at all."


def find(inquiry: Inquiry) -> Evidence | None:
    """Look for words of a brief."""
    if not inquiry.context.is_opener:
        return None
    places = inquiry.message.places(Topic.BRIEF)
    return in_words(inquiry.message, *places) if places else None
