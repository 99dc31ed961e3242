"""Tells what a message says of the creator's content from what it offers or asks for."""

from __future__ import annotations

from pipeline.signals._inquiry import Inquiry
from pipeline.signals._message import Message, Span
from pipeline.signals._topics import Topic
from pipeline.signals.elements.content_reference import specific_references


def without_told(inquiry: Inquiry, places: list[Span], *, strictly: bool = False) -> list[Span]:
    """Return the places, in the normalised text, that are not about the creator's content.

    About it is what stands in quotation marks, or in a sentence that speaks of content and wishes
    for nothing before. If `strictly` is set, nothing of ours may be said before either.
    """
    if not places:
        return []
    message = inquiry.message
    told = list(specific_references(message, inquiry.context.creator_name))
    return [place for place in places if not _is_told(message, place, told, strictly=strictly)]


def begins_quoted(message: Message, place: Span) -> bool:
    """Say whether the first word of a place stands in quotation marks."""
    return message.is_quoted(place[0], message.normalised.find(" ", place[0]) + 1)


def _is_told(message: Message, place: Span, told: list[Span], *, strictly: bool) -> bool:
    if begins_quoted(message, place):
        return True
    normalised = message.normalised
    start = max(normalised.rfind(". ", 0, place[0]), normalised.rfind("? ", 0, place[0]))
    ends = (normalised.find(mark, place[1]) for mark in (". ", "? "))
    end = min((at for at in ends if at >= 0), default=len(normalised))
    if strictly and message.lexicon is not None:
        words = normalised[start + 2 : place[0]].split()
        if not message.lexicon.tellings.claims.isdisjoint(words):
            return False
    wishes = any(start < begin < place[0] for begin, _ in message.places(Topic.INTEREST))
    return not wishes and any(start < begin < end for begin, _ in told)
