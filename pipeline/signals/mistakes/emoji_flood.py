"""More emoji than a message bears."""

from __future__ import annotations

import re
from typing import Final

from pipeline.signals._evidence import Evidence, in_original
from pipeline.signals._inquiry import Inquiry

SUGGESTION = "Keep one emoji at the most, and say the rest in words."

_ONE: Final = (
    "[\u231a\u231b\u23e9-\u23f3\u25fd\u25fe\u2600-\u2604\u260e\u2611\u2614-\u2615\u2618\u261d"
    "\u2620-\u2623\u2626-\u262f\u2638-\u263a\u2640\u2642\u2648-\u2653\u265f-\u2668\u267b-\u267f"
    "\u2692-\u2697\u2699-\u26a1\u26a7-\u26b1\u26bd-\u2705\u2708-\u270d\u270f\u2712-\u2716\u271d"
    "\u2721\u2728\u2733\u2734\u2744\u2747\u274c\u274e\u2753-\u2757\u2763\u2764\u2795-\u2797\u27a1"
    "\u27b0\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\U0001f300-\U0001f64f\U0001f680-\U0001f6ff"
    "\U0001f7e0-\U0001f7eb\U0001f90c-\U0001f9ff\U0001fa70-\U0001faff\U0001f004\U0001f0cf]"
)
_MODIFIERS: Final = "[\ufe0f\U0001f3fb-\U0001f3ff]*+"
_EMOJI: Final = re.compile(
    f"[\U0001f1e6-\U0001f1ff]{{2}}|{_ONE}{_MODIFIERS}(?:\u200d{_ONE}{_MODIFIERS}){{0,8}}+"
)
_FIRST: Final = "\u231a"
_FEWEST: Final = 2


def find(inquiry: Inquiry) -> Evidence | None:
    """Count emoji, each with all that is joined to it as one; one alone is never a flood."""
    message, thresholds = inquiry.message, inquiry.thresholds
    if not message.foreign or max(message.foreign) < _FIRST:
        return None
    places = [match.span() for match in _EMOJI.finditer(message.text)]
    if len(places) < _FEWEST:
        return None
    if len(places) < thresholds.emoji:
        words = sum(token[0].isalnum() or "@" in token for token in message.tokens)
        if len(places) * thresholds.words_per_emoji <= words:
            return None
    return in_original(message, *places)
