"""One specific ask or next step."""

from __future__ import annotations

from pipeline.signals._evidence import Evidence, in_words
from pipeline.signals._inquiry import Inquiry
from pipeline.signals._topics import Topic

SUGGESTION = "End with one small question: a call, their media kit, or an address for a sample."


def find(inquiry: Inquiry) -> Evidence | None:
    """Look for words that ask for something."""
    places = inquiry.message.places(Topic.ASK)
    return in_words(inquiry.message, *places[:2]) if places else None
