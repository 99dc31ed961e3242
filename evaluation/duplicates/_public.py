"""Copies and honest messages made of texts that people wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from evaluation.duplicates._evasions import EVASIONS
from evaluation.duplicates._pairs import Message, Pair, Writer

_OWN_LENGTHS = range(60, 140)
HONEST_LENGTHS = (range(40, 55), range(55, 70), range(70, 90), range(90, 140))
_HONEST = 150
_LONG_ENOUGH = 90


def spam_pairs(spam: Sequence[str], seed: int) -> Iterator[Pair]:
    """Yield each long spam text with itself in disguise."""
    chance = Random(seed)  # noqa: S311 - examples, not secrets
    for text in spam:
        if len(text) >= _LONG_ENOUGH:
            kind = chance.choice(list(EVASIONS))
            other = Message(EVASIONS[kind](text, chance), "")
            yield Pair(f"spam: {kind}", copies=True, one=Message(text, ""), other=other)


def personal_pairs(ham: Sequence[str], seed: int) -> Iterator[Pair]:
    """Yield pairs of a template with what two people wrote, a sentence or two, as own parts."""
    writer = Writer(seed, tuning=False)
    own = [text for text in ham if len(text) in _OWN_LENGTHS]
    english = [template for template in writer.templates if template["language"] == "en"]
    writer.chance.shuffle(own)
    for first, second in zip(own[::2], own[1::2], strict=False):
        template = writer.chance.choice(english)
        one, other = (writer.message(template, personal=part) for part in (first, second))
        yield Pair("people's own words", copies=False, one=one, other=other)


def honest_campaign(ham: Sequence[str], lengths: range, seed: int) -> list[Message]:
    """Return messages of one template, each with what another person wrote, so many characters."""
    writer = Writer(seed, tuning=False)
    own = [text for text in ham if len(text) in lengths]
    return [
        writer.message(writer.templates[0], personal=part)
        for part in writer.chance.sample(own, min(_HONEST, len(own)))
    ]
