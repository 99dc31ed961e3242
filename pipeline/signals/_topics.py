"""What the phrases of a lexicon can be about."""

from __future__ import annotations

from enum import StrEnum


class Topic(StrEnum):
    """What some words of a message say; each is a key under `[phrases]` of a lexicon."""

    # Enum's own is written in Python, and these are keys that every message is judged with.
    __hash__ = str.__hash__

    NAME = "name"
    """Who is writing; its last word is a name."""
    TRADE = "trade"
    """What a brand does."""
    INTRODUCTION = "introduction"
    """Both at once."""
    REFERENCE = "reference"
    """Begins a reference to a piece of content; the words after it say which."""
    OWNED = "owned"
    """Says that what comes next is the creator's."""
    INTEREST = "interest"
    """A wish to work together."""
    ASK = "ask"
    """One next step."""
    SMALL_TALK = "small_talk"
    """A question that wants no answer."""
    MONEY = "money"
    """An offer of money."""
    AMOUNT = "amount"
    """A sum of money, which may also be what a creator's content is about."""
    BRIEF = "brief"
    """A deliverable, a deadline, a right of use, a requirement."""
    TEMPLATE = "template"
    """Words that only a template has."""
    STOCK = "stock"
    """Words that templates like; alone they show nothing."""
    INFORMAL = "informal"
    """Slang and casual abbreviations."""
    IDIOMS = "idioms"
    """Words that look like some of the above and are not; they keep their words from the rest."""
