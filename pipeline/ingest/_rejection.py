"""Why a line is no event."""

from __future__ import annotations

import json
from decimal import Decimal

import msgspec

_LONGEST_QUOTE = 60


class Rejection(msgspec.Struct, frozen=True):
    """What keeps a line from being an event; the first thing found, where several are wrong."""

    field: str
    """The field that is wrong, or the empty string when the line as a whole is."""
    reason: str
    """What was found and what to do, as a sentence without the field's name in front."""


class RefusedError(Exception):
    """Carries a rejection out of the depths of reading; it never leaves this package."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field, reason)
        self.rejection = Rejection(field, reason)


def describe(value: object) -> str:
    """Name a JSON value for a reason, cut short and free of characters that cannot be written.

    >>> describe(True), describe(12), describe([1])
    ('true', 'the number 12', 'a list')
    """
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float() | Decimal():
            return f"the number {_shorten(str(value))}"
        case str():
            return f"the text {_shorten(_quote(value))}"
        case list() | tuple():
            return "a list"
        case _:
            return "an object"


def printable(text: str) -> str:
    r"""Return the text with lone surrogates spelt out, cut short.

    >>> printable("a\ud800")
    'a\\ud800'
    """
    return _shorten(text.encode("utf-8", "backslashreplace").decode())


def _quote(text: str) -> str:
    return printable(json.dumps(text[: 2 * _LONGEST_QUOTE], ensure_ascii=False))


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1]}…"
