"""Judges a message: every detector, once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from pipeline.signals._codes import Element, SignalCode
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
_ADVICE: Final = {one.code: one.suggestion for one in MISTAKES}
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
    inquiry = inquire(text, context, standards)
    message = inquiry.message
    mistakes = mistakes_of(inquiry)
    return Judgement(
        message.language,
        inquiry.elements,
        _NONE if message.lexicon is not None else _unjudged(context),
        tuple([Signal(code, evidence, _ADVICE[code]) for code, evidence in mistakes.items()]),
        quality_of(credited(inquiry), mistakes, standards.weights),
    )


def mistakes_of(inquiry: Inquiry) -> dict[SignalCode, Evidence]:
    """Return what is spammy about a message, in the order in which signals are reported."""
    mistakes = {}
    for mistake in MISTAKES:
        evidence = mistake.find(inquiry)
        if evidence is not None:
            mistakes[mistake.code] = evidence
    return mistakes


def credited(inquiry: Inquiry) -> Collection[Element]:
    """Return the elements of which a message gets the points, where it stands."""
    if not inquiry.context.is_opener:
        return _ALL
    if inquiry.message.lexicon is not None:
        return inquiry.elements.keys()
    return inquiry.elements.keys() | _unjudged(inquiry.context)


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
