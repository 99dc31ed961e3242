"""The labelled messages, judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from evaluation.messages._reading import Labelled
from pipeline.signals import Context, Judgement, judge


@dataclass(frozen=True)
class Judged:
    """A message with what a reader found in it, and what is found here."""

    message: Labelled
    judgement: Judgement

    @cached_property
    def found(self) -> frozenset[str]:
        """Return all that was found, elements and signals."""
        return frozenset(
            {*self.judgement.elements, *(each.code for each in self.judgement.signals)}
        )

    def words_of(self, code: str) -> str:
        """Return the words that were taken for a sign of something, '' where none were."""
        shown = {element.value: words for element, words in self.judgement.elements.items()}
        shown |= {signal.code.value: signal.evidence for signal in self.judgement.signals}
        return shown[code].words if code in shown else ""


def judged_messages(messages: Iterable[Labelled]) -> tuple[Judged, ...]:
    """Judge messages as they come in: their language is not told."""
    return tuple(Judged(each, judge(each.body, _context_of(each))) for each in messages)


def _context_of(message: Labelled) -> Context:
    return Context(
        step=message.step,
        creator_name=message.creator_name,
        creator_content=message.creator_content,
    )
