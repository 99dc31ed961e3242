"""From the text of a policy file to its model, with every problem in it."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from pipeline.policy._model import (
    OF_WHOLE_CAMPAIGNS,
    RULE_KEYS,
    SELECTORS,
    AccountZone,
    Override,
    PolicyFile,
    Rules,
    Setting,
)
from pipeline.policy._positions import Location, key_lines, line_of
from pipeline.policy._problems import PolicyError, Problem, describe

_TABLES: dict[str, type[BaseModel]] = {
    "rules": Rules,
    "override": Override,
    "account": AccountZone,
}
_ALLOWED = {
    "missing": "it cannot be left out",
    "model_type": "a table",
    "tuple_type": "entries, each under its own [[…]]",
    "string_type": 'text, in quotation marks, such as "northfold"',
    "string_too_short": "text of 1 to 512 characters",
    "string_too_long": "text of 1 to 512 characters",
}


def read_toml(text: str, file: str) -> PolicyFile:
    """Return the policy that the TOML text holds; `file` is its name in problems.

    Raises PolicyError with every problem found.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else None
        raise PolicyError([_no_toml(file, line, str(error))]) from None
    except ValueError:
        raise PolicyError([_no_toml(file, None, "a number of too many digits")]) from None
    except RecursionError:
        raise PolicyError([_no_toml(file, None, "nested too deeply")]) from None
    return read_tables(data, file, key_lines(text))


def read_tables(data: object, file: str, lines: Mapping[Location, int]) -> PolicyFile:
    """Return the policy that these tables hold; `lines` tells where each key stands.

    Raises PolicyError with every problem found.
    """
    problems = [
        Problem(
            file=file, key=_key(location), line=line_of(lines, location), given=given, allowed=need
        )
        for location, given, need in _contradictions(data)
    ]
    try:
        policy = PolicyFile.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        problems += [_problem(detail, data, file, lines) for detail in details]
    if problems:
        raise PolicyError(sorted(problems, key=lambda problem: problem.line or 0))
    return policy


def _no_toml(file: str, line: int | None, reason: str) -> Problem:
    return Problem(file=file, key="", line=line, given=f"no TOML ({reason})", allowed="a TOML file")


def _contradictions(data: object) -> Iterator[tuple[Location, str, str]]:
    """Yield what is wrong with tables as a whole: where, what was given, what is allowed."""
    tables = data if isinstance(data, dict) else {}
    for number, entry in _entries(tables, "override"):
        if entry.keys().isdisjoint(SELECTORS):
            need = f"at least one of {', '.join(SELECTORS)}; what holds for all goes under [rules]"
            yield ("override", number), "without a selector", need
        if entry.keys().isdisjoint(RULE_KEYS):
            need = f"at least one of {', '.join(RULE_KEYS)}"
            yield ("override", number), "without a setting", need
        for key, selectors in OF_WHOLE_CAMPAIGNS.items():
            parting = [selector for selector in selectors if selector in entry]
            if key in entry and parting:
                given = f"set for one {parting[0]} of a campaign"
                need = f"an override without {' and '.join(selectors)}: a campaign has one of it"
                yield ("override", number, key), given, need
    known: set[tuple[str, ...]] = set()
    for number, entry in _entries(tables, "account"):
        identity = tuple(str(entry.get(key)) for key in ("workspace", "platform", "account"))
        if identity in known:
            yield ("account", number), "an account that an earlier entry names", "one entry for it"
        known.add(identity)


def _entries(tables: dict[str, Any], name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    entries = tables.get(name)
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict):
            yield number, entry


def _problem(
    detail: ErrorDetails, data: object, file: str, lines: Mapping[Location, int]
) -> Problem:
    location: Location = detail["loc"]
    if location[-1:] == ("value",) and not isinstance(_value_at(data, location[:-1]), dict):
        location = location[:-1]
    given, suggestion = describe(detail["input"]), None
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        known = list(_model_at(location[:-1]).model_fields)
        close = difflib.get_close_matches(str(location[-1]), known, n=1)
        given, suggestion = "an unknown key", close[0] if close else None
        allowed = ", ".join(known)
    elif kind == "value_error":
        allowed = str(context["error"])
    elif kind == "enum":
        allowed = str(context["expected"])
    else:
        given = "missing" if kind == "missing" else given
        allowed = _ALLOWED.get(kind, detail["msg"])
    return Problem(
        file=file,
        key=_key(location),
        line=line_of(lines, location),
        given=given,
        allowed=allowed,
        suggestion=suggestion,
    )


def _value_at(data: Any, location: Location) -> object:  # noqa: ANN401 - tables of any shape
    for step in location:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _model_at(location: Location) -> type[BaseModel]:
    names = [step for step in location if isinstance(step, str)]
    if not names:
        return PolicyFile
    return _TABLES[names[0]] if len(names) == 1 else Setting


def _key(location: Location) -> str:
    """Write a location the way people do: `override[2].min_gap`, counted from 1."""
    steps = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in location)
    return "".join(steps).removeprefix(".")
