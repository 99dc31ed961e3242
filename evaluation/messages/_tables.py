"""Precision and recall of each element and signal, by language and half."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from evaluation._figures import Counts, counted
from evaluation._section import Cell, Goal, Section
from evaluation.messages._judging import Judged
from evaluation.messages._reading import Half
from pipeline.signals import LANGUAGES, Element, SignalCode

CODES: Final[tuple[Element | SignalCode, ...]] = (*Element, *SignalCode)
LEAST_PRECISION: Final = 0.95
LEAST_RECALL: Final = 0.90
_ENGLISH: Final = "en"
_NAMES: Final = {
    "en": "English",
    "de": "German",
    "es": "Spanish",
    "fr": "French",
    "pt": "Portuguese",
}
_OTHERS: Final = "Languages without a lexicon"


def sections(messages: Sequence[Judged], halves: Sequence[Half]) -> Iterator[Section]:
    """Yield one section for each language, English first, with the halves side by side."""
    ordered = [_ENGLISH, *(code for code in sorted(LANGUAGES) if code != _ENGLISH)]
    for language in ordered:
        of_language = [each for each in messages if each.message.language == language]
        yield _section(_NAMES[language], of_language, halves, promised=language == _ENGLISH)
    others = [each for each in messages if each.message.language not in LANGUAGES]
    yield _section(_OTHERS, others, halves, promised=False)


def _section(
    name: str, messages: Sequence[Judged], halves: Sequence[Half], *, promised: bool
) -> Section:
    by_half = {half: [each for each in messages if each.message.half is half] for half in halves}
    rows, goals = [], []
    for code in CODES:
        counts = {half: _counts(code, by_half[half]) for half in halves}
        if any(each.there or each.wrong for each in counts.values()):
            rows.append((code.value, *(cell for half in halves for cell in _cells(counts[half]))))
        if promised and Half.HELD in counts:
            held = counts[Half.HELD]
            goals.append(Goal(f"{code.value} precision", held.precision, LEAST_PRECISION))
            goals.append(Goal(f"{code.value} recall", held.recall, LEAST_RECALL))
    told = (counted((True, _told(each)) for each in by_half[half]).recall for half in halves)
    rows.append(("(language told)", *(cell for each in told for cell in (None, None, each))))
    sizes = ", ".join(f"{len(by_half[half]):,} {half.value}" for half in halves)
    heads = [f"{head}{half.value}" for half in halves for head in ("", "P ", "R ")]
    return Section(f"{name}: {sizes}", ("", *heads), tuple(rows), tuple(goals))


def _told(judged: Judged) -> bool:
    return judged.judgement.language == judged.message.language


def _counts(code: str, messages: Sequence[Judged]) -> Counts:
    return counted((code in each.message.codes, code in each.found) for each in messages)


def _cells(counts: Counts) -> tuple[Cell, ...]:
    return counts.there, counts.precision, counts.recall
