"""Judges a message: every detector, once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pipeline.signals._codes import Element
from pipeline.signals._context import Context
from pipeline.signals._evidence import Evidence
from pipeline.signals._inquiry import Inquiry
from pipeline.signals._judgement import Judgement, Signal
from pipeline.signals._quality import quality_of
from pipeline.signals._reading import read_message
from pipeline.signals._registry import ELEMENTS, MISTAKES
from pipeline.signals._standards import Standards, shipped_standards

_ANYTHING: Final = Context()
_NONE: Final[frozenset[Element]] = frozenset()
_ALL: Final = tuple(Element)
_NOTHING: Final[Mapping[Element, Evidence]] = {}
_LANGUAGE_BOUND: Final = frozenset(one.code for one in ELEMENTS if one.language_bound)

SUGGESTIONS: Final = {one.code: one.suggestion for one in ELEMENTS}
"""What to do about an element that is missing."""


def judge(text: str, context: Context = _ANYTHING, standards: Standards | None = None) -> Judgement:
    """Return what is good and what is spammy about a message.

    Pure, and linear in the length of the text; never raises, whatever the text holds. A follow-up
    need not say again what the opener said, so its quality is 100 less its mistakes; what cannot be
    sought in a language without a lexicon is not held against a message either.

    >>> judged = judge("Hi! We love your page and offer $300 for a post. Interested?")
    >>> judged.language, [element.value for element in judged.elements]
    ('en', ['ask'])
    >>> [(signal.code.value, signal.evidence.words) for signal in judged.signals]
    [('no_content_reference', 'love your page'), ('rate_in_first_message', '$300')]
    """
    standards = standards or shipped_standards()
    return judgement_of(inquire(text, context, standards), standards)


def judgement_of(inquiry: Inquiry, standards: Standards) -> Judgement:
    """Return what is spammy about a message as well, and its quality."""
    message, context, elements = inquiry.message, inquiry.context, inquiry.elements
    signals = []
    for mistake in MISTAKES:
        evidence = mistake.find(inquiry)
        if evidence is not None:
            signals.append(Signal(mistake.code, evidence, mistake.suggestion))
    unjudged = _NONE if message.lexicon is not None else _unjudged(context)
    credited = elements.keys() | unjudged if context.is_opener else _ALL
    quality = quality_of(credited, [signal.code for signal in signals], standards.weights)
    return Judgement(message.language, elements, unjudged, tuple(signals), quality)


def inquire(text: str, context: Context, standards: Standards) -> Inquiry:
    """Return the message with its elements, as detectors of mistakes are given it."""
    message = read_message(text, context, standards.finder, standards.lexicons)
    known = message.lexicon is not None
    inquiry = Inquiry(standards.thresholds, message, context, _NOTHING)
    elements: dict[Element, Evidence] = {}
    for element in ELEMENTS:
        if known or not element.language_bound:
            evidence = element.find(inquiry)
            if evidence is not None:
                elements[element.code] = evidence
    return Inquiry(standards.thresholds, message, context, elements)


def _unjudged(context: Context) -> frozenset[Element]:
    """Return the elements that cannot be sought without a lexicon."""
    if context.creator_content:
        return _LANGUAGE_BOUND
    return _LANGUAGE_BOUND | {Element.CONTENT_REFERENCE}
