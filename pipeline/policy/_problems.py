"""What is wrong with a policy, said so that one can mend it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

_LONGEST_QUOTE = 80
_LONGEST_NUMBER = 1_024
"""In bits: Python refuses to write down what is far longer."""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong with a policy file."""

    file: str
    key: str
    """Its full name, such as `override[2].min_gap`, where entries are counted from 1; may be ''."""
    line: int | None
    """Where it stands, if that could be found."""
    given: str
    allowed: str
    suggestion: str | None = None
    """The known key that an unknown one most resembles."""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        subject = f"{self.key} is" if self.key else "this is"
        hint = "" if self.suggestion is None else f" (did you mean {self.suggestion}?)"
        return f"{place}: {subject} {self.given}{hint}; allowed: {self.allowed}"


class PolicyError(Exception):
    """A policy cannot be used; holds every problem that was found, at least one."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def describe(value: object) -> str:
    """Name a value of TOML or JSON as its writer knows it.

    >>> describe("fifty"), describe(True), describe({"a": 1})
    ('"fifty"', 'true', 'a table')
    >>> describe(16**5_000)
    'a number of too many digits'
    """
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            text = f'"{value}"'
        case list():
            return "a list"
        case dict():
            return "a table"
        case int() if value.bit_length() > _LONGEST_NUMBER:
            return "a number of too many digits"
        case _:
            text = str(value)
    return text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1]}…"
