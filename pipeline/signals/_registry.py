"""Every detector: a new one is a file and a line here."""

from __future__ import annotations

from typing import Final

from pipeline.signals._codes import Element, SignalCode
from pipeline.signals._detector import Detector
from pipeline.signals.elements import (
    ask,
    contact_email,
    content_reference,
    interest,
    introduction,
)
from pipeline.signals.mistakes import (
    brief_in_first_message,
    copy_paste,
    disguised_text,
    emoji_flood,
    follow_up_excess,
    informal_tone,
    link,
    no_content_reference,
    rate_in_first_message,
    shouting,
)

_E = Element
_S = SignalCode

ELEMENTS: Final = (
    Detector(_E.INTRODUCTION, introduction.find, introduction.SUGGESTION, language_bound=True),
    Detector(_E.CONTENT_REFERENCE, content_reference.find, content_reference.SUGGESTION),
    Detector(_E.INTEREST, interest.find, interest.SUGGESTION, language_bound=True),
    Detector(_E.ASK, ask.find, ask.SUGGESTION, language_bound=True),
    Detector(_E.CONTACT_EMAIL, contact_email.find, contact_email.SUGGESTION),
)
"""In the order in which people read them."""

MISTAKES: Final = (
    Detector(_S.NO_CONTENT_REFERENCE, no_content_reference.find, no_content_reference.SUGGESTION),
    Detector(_S.COPY_PASTE, copy_paste.find, copy_paste.SUGGESTION),
    Detector(
        _S.RATE_IN_FIRST_MESSAGE, rate_in_first_message.find, rate_in_first_message.SUGGESTION
    ),
    Detector(
        _S.BRIEF_IN_FIRST_MESSAGE, brief_in_first_message.find, brief_in_first_message.SUGGESTION
    ),
    Detector(_S.INFORMAL_TONE, informal_tone.find, informal_tone.SUGGESTION),
    Detector(_S.FOLLOW_UP_EXCESS, follow_up_excess.find, follow_up_excess.SUGGESTION),
    Detector(_S.LINK, link.find, link.SUGGESTION),
    Detector(_S.SHOUTING, shouting.find, shouting.SUGGESTION),
    Detector(_S.EMOJI_FLOOD, emoji_flood.find, emoji_flood.SUGGESTION),
    Detector(_S.DISGUISED_TEXT, disguised_text.find, disguised_text.SUGGESTION),
)
"""In the order in which signals are reported."""
