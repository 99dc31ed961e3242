"""The public sets, as their authors give them away. Each reading blocks, and yields a text once."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple


class Text(NamedTuple):
    """A text, and whether people called it spam."""

    body: str
    is_spam: bool


def read_sms(folder: Path) -> list[Text]:
    """Return the UCI SMS Spam Collection (Almeida, Hidalgo); nothing where it is not there."""
    return _once(
        Text(body, label == "spam")
        for file in folder.glob("sms-spam.tsv")
        for line in file.read_text("utf-8").split("\n")
        for label, tab, body in (line.partition("\t"),)
        if tab
    )


def read_youtube(folder: Path) -> list[Text]:
    """Return the UCI YouTube Spam Collection (Alberto, Lochter), likewise."""
    return _once(
        Text(row["CONTENT"], row["CLASS"] == "1")
        for file in sorted(folder.glob("youtube-spam/*.csv"))
        for row in _rows(file)
    )


def read_questions(folder: Path) -> list[Text]:
    """Return questions of BANKING77 (PolyAI) and CLINC (Larson et al. 2019): none is spam."""
    return _once(Text(body, is_spam=False) for body in (*_banking(folder), *_clinc(folder)))


def _banking(folder: Path) -> Iterator[str]:
    for file in sorted(folder.glob("banking77/*.csv")):
        for row in _rows(file):
            yield row["text"]


def _clinc(folder: Path) -> Iterator[str]:
    for file in folder.glob("clinc-oos.json.gz"):
        with gzip.open(file, "rt", encoding="utf-8") as text:
            for rows in json.load(text).values():
                for body, _ in rows:
                    yield body


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        yield from csv.DictReader(text)


def _once(texts: Iterable[Text]) -> list[Text]:
    return list(dict.fromkeys(texts))
