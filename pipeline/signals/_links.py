"""What links look like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from pipeline.signals._pieces import start_of_piece
from pipeline.signals._tables import read_table

_DOT: Final = re.compile(r"\.[a-z]")
_SIGN: Final = re.compile(r"\.[a-z]|://")
_CHUNK: Final = re.compile(r"\S*+")
_LABEL: Final = r"[a-z0-9\u00e0-\u024f](?:[a-z0-9\u00e0-\u024f-]{0,61}[a-z0-9\u00e0-\u024f])?+"
_LONGEST: Final = 253


def mask_links(folded: str) -> str:
    """Return a folded text with spaces where links stand, so that their words count for none."""
    sign = _SIGN if "://" in folded else _DOT
    if not sign.search(folded):
        return folded
    pieces: list[str] = []
    reached = 0
    for start, end in link_chunks(folded, sign):
        match = _masked().search(folded, start, end)
        if match:
            pieces += folded[reached : match.start()], " " * (match.end() - match.start())
            reached = match.end()
    return "".join([*pieces, folded[reached:]]) if pieces else folded


def link_chunks(text: str, sign: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a text, between white space, that hold a sign of a link.

    What holds an "@" is an address or a handle, unless it says how to open it.
    """
    reached = 0
    for found in sign.finditer(text):
        if found.start() >= reached:
            start = start_of_piece(text, reached, found.start())
            chunk = _CHUNK.match(text, found.end())
            reached = chunk.end() if chunk else found.end()
            if "@" not in text[start:reached] or "://" in text[start:reached]:
                yield max(start, found.start() - _LONGEST), reached


@cache
def _masked() -> re.Pattern[str]:
    domains = "|".join(read_table("domains")["top_level"].split())
    return re.compile(
        r"h(?:tt|xx)ps?://\S{1,200}"
        rf"|(?<![\w@.+-])(?:{_LABEL}\.){{1,4}}(?:(?:{domains})(?![\w@-]|\.\w)(?:/\S{{0,200}})?"
        r"|[a-z]{2,12}/[\w-]\S{0,200})"
    )
