"""What single-message signals say of texts that people called spam, and of some that are none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from evaluation import duplicates
from evaluation._anchors import SPAM_FILTER, Anchor
from evaluation._figures import counted, figure_of
from evaluation._section import Cell, Section
from evaluation.campaigns import area_under_curve
from evaluation.public._reading import PublicSets, Text
from pipeline.signals import Context, SignalCode, judge

_ENGLISH: Final = Context(language="en")
_PUNISHED: Final = frozenset(
    {
        SignalCode.COPY_PASTE,
        SignalCode.RATE_IN_FIRST_MESSAGE,
        SignalCode.BRIEF_IN_FIRST_MESSAGE,
        SignalCode.LINK,
        SignalCode.DISGUISED_TEXT,
    }
)
"""What hardly anybody writes to friends. Chosen by what it means, not by what these sets hold."""
_ANY: Final = "any of link, rate, brief, template, disguise"
_NOT_OURS: Final = (
    "Nothing was tuned on these texts, which are no outreach: the signals know neither prizes nor "
    "ringtones, and the texts have no creator to speak of."
)


class _Judged(NamedTuple):
    is_spam: bool
    signals: frozenset[SignalCode]


def sections(sets: PublicSets, seed: int) -> Iterator[Section]:
    """Yield what there is to say of the sets that have texts; the others are left out."""
    if sets.sms:
        yield _spam_set("SMS spam", _judged(sets.sms), SPAM_FILTER)
        spam = [text.body for text in sets.sms if text.is_spam]
        ham = [text.body for text in sets.sms if not text.is_spam]
        yield from duplicates.public_sections(spam, ham, seed)
    if sets.youtube:
        yield _spam_set("Spam in comments on YouTube", _judged(sets.youtube), None)
    if sets.questions:
        yield _questions(_judged(sets.questions))


def _judged(texts: Sequence[Text]) -> list[_Judged]:
    return [
        _Judged(text.is_spam, frozenset(each.code for each in judge(text.body, _ENGLISH).signals))
        for text in texts
    ]


def _spam_set(title: str, texts: Sequence[_Judged], anchor: Anchor | None) -> Section:
    rows: list[tuple[Cell, ...]] = []
    for code in _shown(texts):
        counts = counted((text.is_spam, code in text.signals) for text in texts)
        rows.append((code.value, counts.precision, counts.recall))
    counts = counted((text.is_spam, bool(text.signals & _PUNISHED)) for text in texts)
    rows.append((_ANY, counts.precision, counts.recall))
    if anchor is not None:
        rows.append((anchor.name, anchor.precision, anchor.recall))
    number = {True: [0.0][:0], False: [0.0][:0]}
    for text in texts:
        number[text.is_spam].append(len(text.signals & _PUNISHED))
    area = area_under_curve(number[True], number[False])
    said = f"Area under the ROC curve of how many of these there are: {area}."
    notes = (_NOT_OURS,) if area is None else (said, _NOT_OURS)
    spam = len(number[True])
    return Section(
        f"{title}: {len(texts):,} different texts, {spam:,} of them spam",
        ("", "P", "R"),
        tuple(rows),
        notes=notes,
    )


def _questions(texts: Sequence[_Judged]) -> Section:
    rows: list[tuple[Cell, ...]] = []
    for code in _shown(texts):
        found = sum(code in text.signals for text in texts)
        rows.append((code.value, found, figure_of(found, len(texts))))
    found = sum(bool(text.signals & _PUNISHED) for text in texts)
    rows.append((_ANY, found, figure_of(found, len(texts))))
    title = f"Questions of customers, no spam: {len(texts):,} different texts"
    return Section(title, ("", "false alarms", "share"), tuple(rows))


def _shown(texts: Sequence[_Judged]) -> list[SignalCode]:
    """Return the signals that any text has; they lack a reference to content all alike."""
    found = frozenset().union(*(text.signals for text in texts))
    return [
        code for code in SignalCode if code in found and code is not SignalCode.NO_CONTENT_REFERENCE
    ]
