"""The names of what is looked for in a message."""

from __future__ import annotations

from enum import StrEnum


class Element(StrEnum):
    """What a good first message has."""

    # Enum's own is written in Python, and these are keys that every message is judged with.
    __hash__ = str.__hash__

    INTRODUCTION = "introduction"
    """Who is writing: the brand's name and a line on what it does."""

    CONTENT_REFERENCE = "content_reference"
    """A genuine, specific reference to this creator's own content."""

    INTEREST = "interest"
    """A clear statement of interest in working together."""

    ASK = "ask"
    """One specific ask or next step."""

    CONTACT_EMAIL = "contact_email"
    """An e-mail address to follow up, also spelt out."""


class SignalCode(StrEnum):
    """The spammy traits that one message can have."""

    # Enum's own is written in Python, and these are keys that every message is judged with.
    __hash__ = str.__hash__

    NO_CONTENT_REFERENCE = "no_content_reference"
    COPY_PASTE = "copy_paste"
    RATE_IN_FIRST_MESSAGE = "rate_in_first_message"
    BRIEF_IN_FIRST_MESSAGE = "brief_in_first_message"
    INFORMAL_TONE = "informal_tone"
    FOLLOW_UP_EXCESS = "follow_up_excess"
    LINK = "link"
    SHOUTING = "shouting"
    EMOJI_FLOOD = "emoji_flood"
    DISGUISED_TEXT = "disguised_text"
