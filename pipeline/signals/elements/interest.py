"""A clear wish to work together."""

from __future__ import annotations

from pipeline.signals._evidence import Evidence, in_words
from pipeline.signals._inquiry import Inquiry
from pipeline.signals._topics import Topic

SUGGESTION = "Say plainly that you would like to work with them, and on what."


def find(inquiry: Inquiry) -> Evidence | None:
    """Look for words of interest."""
    places = inquiry.message.places(Topic.INTEREST)
    return in_words(inquiry.message, *places[:2]) if places else None
