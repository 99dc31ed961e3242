"""Undoes what keeps a filter from reading words: `c0llab`, `fr*e`, `f r e e`."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from pipeline.signals._pieces import start_of_piece
from pipeline.signals._tables import read_language, read_table

_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz")
_FEWEST_SPACED: Final = 3
_SPACED: Final = re.compile(r"(?<![\w'])[a-z]([ ._*|~-]{1,3})[a-z](?:\1[a-z]){1,30}(?![\w'])")
_SPACED_GUARD: Final = re.compile(r"[ ._*|~-][a-z][ ._*|~-]{1,3}[a-z](?![^\W_])")
"""Is quicker to say no: it begins with characters that are rare."""
_LEET_GUARD: Final = re.compile(r"[0-9@$€*|!](?:[a-z]|(?<=[a-z][0-9€$@|]))")
_CHUNK: Final = re.compile(r"\S*+")
_ADDRESS: Final = re.compile(r"(?:^|\w)@\w[\w-]*\.\w|://|(?:^|\W)@\w")
_LONGEST_CHUNK: Final = 60
_LEET: Final = re.compile(r"(?<![\w@./#*$€|-])[a-z0-9@$€*|!]{3,24}(?![\w@#-]|[./]\w)")
_ORDINAL: Final = re.compile(r"\d+(?:st|nd|rd|th|er|ers|eme|s|ten|te|tes|o|a)")
_MARKS_BEHIND: Final = "!*"
_FIRST_MEANING: Final = str.maketrans("0134578@$€!|", "oieastbaseil")
_SECOND_MEANING: Final = str.maketrans("0134579@$€!|", "oleastgaseli")
_MOST_PLACES: Final = 16
"""More are not told of: each of them is compared with each piece of evidence."""
_NEXT: Final = {"abcdefghijklmnopqrstuvwxyz"[i : i + 3] for i in range(24)}


def undo(folded: str, tokens: frozenset[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the folded text of these tokens in plain words, and where it was not plain.

    The text keeps its length. Only words that the tables know are read out of digits and signs.

    >>> undo("c0llab, f r e e", frozenset("c 0 llab f r e".split()))
    ('collab, free   ', ((0, 6), (8, 15)))
    """
    places: list[tuple[int, int]] = []
    pieces: list[str] = []
    reached = 0
    for start, end in _suspects(folded):
        match = _LEET.search(folded, start, end)
        if match:
            pieces += folded[reached : match.start()], _read_leet(match, places)
            reached = match.end()
    if pieces:
        folded = "".join([*pieces, folded[reached:]])
    if len(_LETTERS & tokens) >= _FEWEST_SPACED - 1 and _SPACED_GUARD.search(folded):
        folded = _SPACED.sub(lambda match: _join(match, places), folded)
    return folded, tuple(places[:_MOST_PLACES])


def _suspects(folded: str) -> list[tuple[int, int]]:
    """Return where letters and signs stand together, each up to the white space around it."""
    found: list[tuple[int, int]] = []
    reached = 0
    for guard in _LEET_GUARD.finditer(folded):
        if guard.start() < reached:
            continue
        start = start_of_piece(folded, reached, guard.start())
        reached = guard.end() + _LONGEST_CHUNK
        chunk = _CHUNK.match(folded, guard.end(), reached)
        reached = chunk.end() if chunk else guard.end()
        start = max(start, guard.start() - _LONGEST_CHUNK)
        if not _ADDRESS.search(folded, start, reached):
            found.append((start, reached))
    return found


def _read_leet(match: re.Match[str], places: list[tuple[int, int]]) -> str:
    written = match[0]
    if written.isalpha() or not any(map(str.isalpha, written)):
        return written
    word = written.rstrip(_MARKS_BEHIND)
    if _ORDINAL.fullmatch(word):
        return written
    meant = _masked_words().get(word) if "*" in word else _meant(word)
    if meant is None or meant == word:
        return written
    places.append((match.start(), match.start() + len(word)))
    return meant + written[len(word) :]


def _meant(word: str) -> str | None:
    known = guarded_words()
    readings = (word.translate(_FIRST_MEANING), word.translate(_SECOND_MEANING))
    return next((meant for meant in readings if meant in known), None)


def _join(match: re.Match[str], places: list[tuple[int, int]]) -> str:
    word = match[0][:: 1 + len(match[1])]
    is_list = word[:_FEWEST_SPACED] in _NEXT or len(set(word)) == 1
    is_short = len(word) == _FEWEST_SPACED or "." in match[1]
    if is_list or (is_short and word not in guarded_words()):
        return match[0]
    places.append(match.span())
    return word.ljust(len(match[0]))


@cache
def guarded_words() -> frozenset[str]:
    """Return the words that are read out of disguises."""
    languages = read_table("languages")
    own = read_table("disguises")["words"].split()
    little = (
        word
        for words in languages.values()
        for word in words.split()
        if len(word) >= _FEWEST_SPACED
    )
    common = read_language("english")["common"].split()
    return frozenset(own) | frozenset(little) | frozenset(common)


@cache
def _masked_words() -> dict[str, str]:
    """Return the words with one letter inside starred out, and what each stands for."""
    return {
        f"{word[:place]}*{word[place + 1 :]}": word
        for word in read_table("disguises")["words"].split()
        for place in range(1, len(word) - 1)
    }
