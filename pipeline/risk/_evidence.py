"""What convinces people: plain sentences, and messages to look at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pipeline.alerts import Example
from pipeline.copies import MaskedText, MessageKey, Window, readable
from pipeline.events import CreatorId, Milliseconds, Platform
from pipeline.risk._codes import RiskSignal
from pipeline.risk._inquiry import Given
from pipeline.risk._risk import Risk

_EXAMPLES: Final = 3
_LEAST: Final = 1.0
"""What adds less is not worth a sentence."""


def sentences_of(risk: Risk) -> tuple[str, ...]:
    """Return what the risk is made of, the gravest first."""
    return tuple(
        f"{part.sentence[0].upper()}{part.sentence[1:]}."
        for part in risk.parts
        if part.adds >= _LEAST
    )


def examples_of(risk: Risk, given: Given, window: Window) -> tuple[Example, ...]:
    """Return up to three messages: of what weighs most among copies and lockstep, if either does.

    Otherwise, and where these are fewer, they come from the campaign's `window`, each to another
    creator. Names, handles, links and numbers in them are masked.
    """
    by_signal = {RiskSignal.COPIES: given.copies, RiskSignal.LOCKSTEP: given.lockstep}
    found: dict[tuple[Platform, CreatorId], Example] = {}
    for part in risk.parts:
        shown = by_signal.get(part.signal)
        if shown is not None:
            _add(found, ((e.key, e.creator_id, e.occurred_at, e.text) for e in shown.examples))
    _add(found, ((m.key, m.creator_id, m.occurred_at, m.text) for m in window.messages))
    return tuple(found.values())[:_EXAMPLES]


def _add(
    found: dict[tuple[Platform, CreatorId], Example],
    messages: Iterable[tuple[MessageKey, CreatorId, Milliseconds, MaskedText]],
) -> None:
    for key, creator_id, sent_at, text in messages:
        if len(found) >= _EXAMPLES:
            return
        found.setdefault(
            (key.platform, creator_id),
            Example(
                key.platform, key.account_id, creator_id, key.message_id, sent_at, readable(text)
            ),
        )
