"""What is kept of a judgement: enough to tell of the message wherever it turns out to stand.

Whether a message is an opener is known from its conversation alone, and may change with every late
message. So a text is judged once, for both cases, and never again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

import msgspec

from pipeline.signals._codes import Element, SignalCode
from pipeline.signals._inquiry import Inquiry
from pipeline.signals._judge import credited, mistakes_of
from pipeline.signals._quality import score_of
from pipeline.signals._standards import Standards
from pipeline.signals.mistakes import copy_paste

LONGEST_EVIDENCE: Final = 500
"""In characters: whoever shouts for pages need not be quoted to the end."""

_BITS: Final = {code: 1 << place for place, code in enumerate(SignalCode)}
"""They stand in stored state: a new code comes last, and none goes."""
_ANYTHING: Final = frozenset(Element)


class Seen(NamedTuple):
    """What a message is where it stands."""

    quality: int
    """From 0 to 100."""
    signals: tuple[SignalCode, ...]
    """In the order in which signals are reported."""
    refers: bool
    """Whether it was found to refer to the creator's own content."""


class Marks(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a text shows, in a few small numbers."""

    quality: int
    """Of the text as an opener, from 0 to 100."""
    signals: int
    """Those of it as an opener, a bit each."""
    later_quality: int
    """Of the text as a message that opens nothing."""
    later_signals: int
    refers: bool = False
    """Whether it refers to the creator's own content."""
    excess_cost: int = 40
    """How much less its quality is where it is one follow-up too many."""

    def seen(self, *, opens: bool, excess: bool) -> Seen:
        """Return what the message is, given whether it opens an attempt, or is one too many.

        >>> Marks(35, 1, 100, 0).seen(opens=False, excess=True)
        Seen(quality=60, signals=(<SignalCode.FOLLOW_UP_EXCESS: 'follow_up_excess'>,), refers=False)
        """
        quality = self.quality if opens else self.later_quality
        bits = self.signals if opens else self.later_signals
        if excess:
            bits |= _BITS[SignalCode.FOLLOW_UP_EXCESS]
            quality = max(0, quality - self.excess_cost)
        signals = tuple(code for code, bit in _BITS.items() if bits & bit)
        return Seen(quality, signals, self.refers)


class JudgedText(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The marks of a text, and the words that show them."""

    marks: Marks
    words: tuple[str, ...]
    """Of each signal of it as an opener, in their order; empty where something missing shows it."""

    def evidence(self, code: SignalCode) -> str:
        """Return the words that show a signal; empty for one that no words show."""
        shown = [each for each, bit in _BITS.items() if self.marks.signals & bit]
        return self.words[shown.index(code)] if code in shown else ""


def judged_text(inquiry: Inquiry, standards: Standards) -> JudgedText:
    """Return what is kept of a message of which the elements were found, as of an opener."""
    found = mistakes_of(inquiry)
    later = [code for code in found if code not in _OF_OPENERS]
    if SignalCode.COPY_PASTE in found and copy_paste.find_template(inquiry) is None:
        later.remove(SignalCode.COPY_PASTE)
    marks = Marks(
        score_of(credited(inquiry), found, standards.weights),
        _bits_of(found),
        score_of(_ANYTHING, later, standards.weights),
        _bits_of(later),
        Element.CONTENT_REFERENCE in inquiry.elements,
        standards.weights.mistakes[SignalCode.FOLLOW_UP_EXCESS],
    )
    return JudgedText(marks, tuple([_short(evidence.words) for evidence in found.values()]))


_OF_OPENERS: Final = frozenset(
    {
        SignalCode.NO_CONTENT_REFERENCE,
        SignalCode.RATE_IN_FIRST_MESSAGE,
        SignalCode.BRIEF_IN_FIRST_MESSAGE,
        SignalCode.LINK,
    }
)


def _bits_of(codes: Iterable[SignalCode]) -> int:
    return sum(map(_BITS.__getitem__, codes))


def _short(words: str) -> str:
    # Half of a surrogate pair cannot be written, and could only stand where one was cut apart.
    return words if len(words) <= LONGEST_EVIDENCE else f"{words[:LONGEST_EVIDENCE]}…"
