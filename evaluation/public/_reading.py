"""The public sets, as their authors give them away. Each reading blocks, and gives a text once.

What is in another form raises PublicSetError.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from evaluation.public._files import PublicSetError, read_json, read_rows, read_text

_SMS: Final = "sms-spam.tsv"
_YOUTUBE: Final = "youtube-spam/*.csv"
_BANKING: Final = "banking77/*.csv"
_CLINC: Final = "clinc-oos.json.gz"
_LABELS: Final = {"spam": True, "ham": False}
_CLASSES: Final = {"1": True, "0": False}


class Text(NamedTuple):
    """A text, and whether people called it spam."""

    body: str
    is_spam: bool


class PublicSets(NamedTuple):
    """The texts of each kind; none of a set that is not there."""

    sms: list[Text]
    youtube: list[Text]
    questions: list[Text]


def read_sets(folder: Path) -> PublicSets:
    """Return the sets that a folder has."""
    return PublicSets(read_sms(folder), read_youtube(folder), read_questions(folder))


def missing_sets(folder: Path) -> list[str]:
    """Return the files that a folder lacks, as patterns where a set has several."""
    known = (_SMS, _YOUTUBE, _BANKING, _CLINC)
    return [pattern for pattern in known if not any(folder.glob(pattern))]


def read_sms(folder: Path) -> list[Text]:
    """Return the UCI SMS Spam Collection (Almeida, Hidalgo); nothing where it is not there."""
    return _once(
        Text(body, _is_spam(file, "label", label, _LABELS))
        for file in folder.glob(_SMS)
        for line in read_text(file).split("\n")
        if line
        for label, _, body in (line.partition("\t"),)
    )


def read_youtube(folder: Path) -> list[Text]:
    """Return the UCI YouTube Spam Collection (Alberto, Lochter), likewise."""
    return _once(
        Text(body, _is_spam(file, "CLASS", label, _CLASSES))
        for file in sorted(folder.glob(_YOUTUBE))
        for body, label in read_rows(file, "CONTENT", "CLASS")
    )


def read_questions(folder: Path) -> list[Text]:
    """Return questions of BANKING77 (PolyAI) and CLINC (Larson et al. 2019): none is spam."""
    return _once(Text(body, is_spam=False) for body in (*_banking(folder), *_clinc(folder)))


def _banking(folder: Path) -> Iterator[str]:
    for file in sorted(folder.glob(_BANKING)):
        for (body,) in read_rows(file, "text"):
            yield body


def _clinc(folder: Path) -> Iterator[str]:
    for file in folder.glob(_CLINC):
        try:
            for rows in read_json(file).values():
                for body, _ in rows:
                    yield body
        except (AttributeError, TypeError, ValueError):
            raise PublicSetError(f"{file} holds no lists of a text and its intent") from None


def _is_spam(file: Path, column: str, label: str, known: dict[str, bool]) -> bool:
    if label not in known:
        raise PublicSetError(f"{file} has {label!r} as {column}; allowed: {', '.join(known)}")
    return known[label]


def _once(texts: Iterable[Text]) -> list[Text]:
    return list(dict.fromkeys(texts))
