"""A brief in an opener: deliverables, numbers of posts, deadlines, usage rights, requirements."""

from __future__ import annotations

from pipeline.signals._evidence import Evidence, in_words
from pipeline.signals._inquiry import Inquiry
from pipeline.signals._topics import Topic

SUGGESTION = "Keep the brief for later: first see whether they are interested at all."


def find(inquiry: Inquiry) -> Evidence | None:
    """Look for words of a brief; what stands in quotation marks is somebody else's."""
    if not inquiry.context.is_opener:
        return None
    message = inquiry.message
    places = [place for place in message.places(Topic.BRIEF) if not message.is_quoted(*place)]
    return in_words(message, *places) if places else None
