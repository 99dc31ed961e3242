"""What an agency adds to the lexicons, weights and thresholds: one TOML file.

[en]
common = ["turmeric"]             # words that make no reference specific
spelling = { kollab = "collab" }
groups = { us = "us|northfold" }
[en.phrases]
interest = ["make magic together"]
idioms = ["babe wines"]           # words that are no mistake
[weights.mistakes]
link = 30
[thresholds]
emoji = 3
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import fields
from typing import Any, Final

from pipeline.signals._codes import Element, SignalCode
from pipeline.signals._standards import LANGUAGES, Standards
from pipeline.signals._thresholds import Thresholds
from pipeline.signals._topics import Topic

Check = Callable[[str, object], Iterator[str]]
_TOO_LONG: Final = "a number of too many digits"


class AdditionsError(Exception):
    """A lexicon file cannot be used; holds every problem that was found, at least one."""

    def __init__(self, problems: Collection[str]) -> None:
        self.problems: Final = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(self.problems)


def read_additions(text: str, file: str) -> Standards:
    r"""Return the shipped standards with what this TOML text adds; `file` is its name in problems.

    Raises AdditionsError with every problem found; each names its key.

    >>> try:
    ...     read_additions('[en.phrases]\nintrest = ["x"]', "mine.toml")
    ... except AdditionsError as error:
    ...     print(error)
    mine.toml: en.phrases.intrest is an unknown key (did you mean interest?)
    """
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise AdditionsError([f"{file}: this is no TOML ({error})"]) from None
    except ValueError:
        raise AdditionsError([f"{file}: this is no TOML ({_TOO_LONG})"]) from None
    problems = [f"{file}: {problem}" for problem in _table(_FILE, "", tables)]
    if problems:
        raise AdditionsError(problems)
    standards = Standards(tables)
    for code in LANGUAGES.keys() & tables.keys():
        problems += [f"{file}: {code}.phrases: {one}" for one in _unreadable(standards, code)]
    if problems:
        raise AdditionsError(problems)
    return standards


def _unreadable(standards: Standards, code: str) -> Iterator[str]:
    try:
        standards.lexicons[code]
    except (ValueError, re.error) as error:
        yield str(error)


def _shown(value: object) -> str:
    """Return a value as its writer knows it, also a number that Python refuses to write down."""
    try:
        return repr(value)
    except ValueError:
        return _TOO_LONG


def _table(known: Mapping[str, Check], path: str, value: object) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path.removesuffix('.')} is {_shown(value)}; allowed: a table"
        return
    for key, inner in value.items():
        if key in known:
            yield from known[key](f"{path}{key}", inner)
        else:
            close = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean {close[0]}?" if close else f"allowed: {', '.join(known)}"
            yield f"{path}{key} is an unknown key ({hint})"


def _table_of(known: Mapping[str, Check]) -> Check:
    return lambda path, value: _table(known, f"{path}.", value)


def _texts(path: str, value: object) -> Iterator[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        yield f'{path} is {_shown(value)}; allowed: a list of texts, such as ["this", "that"]'


def _named_texts(path: str, value: object) -> Iterator[str]:
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        yield f'{path} is {_shown(value)}; allowed: texts by name, such as {{ collab = "work" }}'


def _number(path: str, value: object, least: int, most: int) -> Iterator[str]:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        yield f"{path} is {_shown(value)}; allowed: a whole number from {least} to {most}"


def _points(path: str, value: object) -> Iterator[str]:
    return _number(path, value, 0, 100)


def _threshold(path: str, value: object) -> Iterator[str]:
    return _number(path, value, 1, 100)


_LANGUAGE: Final[dict[str, Check]] = {
    "common": _texts,
    "spelling": _named_texts,
    "groups": _named_texts,
    "phrases": _table_of(dict.fromkeys(Topic, _texts)),
}
_WEIGHTS: Final[dict[str, Check]] = {
    "elements": _table_of(dict.fromkeys(Element, _points)),
    "mistakes": _table_of(dict.fromkeys(SignalCode, _points)),
}
_FILE: Final[dict[str, Any]] = {
    **dict.fromkeys(LANGUAGES, _table_of(_LANGUAGE)),
    "weights": _table_of(_WEIGHTS),
    "thresholds": _table_of({field.name: _threshold for field in fields(Thresholds)}),
}
