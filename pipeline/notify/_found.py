"""From tables to settings, with everything that is wrong with them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from pipeline.alerts import Route
from pipeline.notify._registry import KINDS
from pipeline.notify._tables import TABLES, AlertsFile, RouteTable
from pipeline.notify._values import AT_ODDS, UNSET, NotifierTable
from pipeline.policy import Location, Problem, describe

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}", re.ASCII)
_ALLOWED: Final = {
    "missing": "it cannot be left out",
    "model_type": "a table",
    "dict_type": "a table",
    "tuple_type": "a list",
    "too_short": "at least one",
    "string_type": "text, in quotation marks",
    "string_too_short": "text of 1 to 512 characters",
    "string_too_long": "text of 1 to 512 characters",
}
_OF_ANY_FIELD: Final = {"missing", "model_type", "dict_type", "tuple_type", "too_short"}
_A_KEY: Final = "[key]"
"""The last step to a key of a table, where it is the key that is wrong."""
_QUIET_ABOUT: Final = {"url", "secret", "password", "token"}
"""What stands there may be secret, also where it is wrong."""


class Found(NamedTuple):
    """One thing that is wrong."""

    location: Location
    given: str
    allowed: str
    suggestion: str | None = None

    def problem(self, file: str, line: int | None) -> Problem:
        """Return it as people read it."""
        steps = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in self.location)
        return Problem(
            file=file,
            key="".join(steps).removeprefix("."),
            line=line,
            given=self.given,
            allowed=self.allowed,
            suggestion=self.suggestion,
        )


def read_notifiers(
    data: Mapping[str, Any], environment: Mapping[str, str], found: list[Found]
) -> dict[str, NotifierTable]:
    """Return the settings of each notifier by its name; what is wrong is added to `found`."""
    tables = data.get("notifiers")
    notifiers: dict[str, NotifierTable] = {}
    for name, table in tables.items() if isinstance(tables, dict) else ():
        location = ("notifiers", name)
        if not _NAME.fullmatch(name):
            allowed = "a name of 1 to 63 letters, digits, - and _"
            found.append(Found(location, "a name of another form", allowed))
        kind = table.get("kind") if isinstance(table, dict) else None
        if not isinstance(table, dict):
            found.append(Found(location, describe(table), "a table"))
        elif not isinstance(kind, str) or kind not in KINDS:
            given = "missing" if kind is None else describe(kind)
            found.append(
                Found((*location, "kind"), given, ", ".join(f'"{each}"' for each in KINDS))
            )
        else:
            model = KINDS[kind].settings
            try:
                notifiers[name] = model.model_validate(table, context={"environment": environment})
            except ValidationError as error:
                found.extend(_found(error, location, {(): model}, table))
    return notifiers


def read_routes(data: Mapping[str, Any], found: list[Found]) -> tuple[Route, ...]:
    """Return the routes; what is wrong with the rest of the file is added to `found`."""
    tables = data.get("notifiers")
    known = list(tables) if isinstance(tables, dict) else []
    if not known and isinstance(data.get("notifiers", {}), dict):
        found.append(Found(("notifiers",), "missing", "at least one [notifiers.NAME]"))
    whole = {**data, "notifiers": {}} if isinstance(tables, dict) else data
    try:
        file = AlertsFile.model_validate(whole)
    except ValidationError as error:
        found.extend(_found(error, (), TABLES, whole))
        return ()
    found += _wrong_names(file.routes, known)
    return tuple(route.value() for route in file.routes)


def _wrong_names(routes: Iterable[RouteTable], known: list[str]) -> Iterator[Found]:
    """Yield what routes name and is not there, and what is there and no route names."""
    named: set[str | None] = set()
    for number, route in enumerate(routes):
        for name in route.notifiers:
            named.add(name)
            if name not in known:
                close = next(iter(difflib.get_close_matches(name, known, n=1)), None)
                named.add(close)
                place = ("routes", number, "notifiers")
                yield Found(place, describe(name), ", ".join(known), close)
    # Without any routes everybody is told. With them, whoever is in none would never be, and
    # nobody would know before an alert was missed.
    allowed = "a notifier that one of [[routes]] names; name it there, or take it out"
    for name in known if named else ():
        if name not in named:
            yield Found(("notifiers", name), "in no route, and so never told", allowed)


def _found(
    error: ValidationError,
    prefix: Location,
    models: Mapping[tuple[str, ...], type[BaseModel]],
    data: Mapping[str, Any],
) -> Iterator[Found]:
    for detail in error.errors(include_url=False):
        if detail["type"] == "too_short" and detail["input"]:
            continue  # It counts only what is right; what is wrong is named apart.
        keys = tuple(step for step in detail["loc"] if isinstance(step, str))
        model = models.get(keys[:-1])
        location = detail["loc"]
        match location:
            case (str(key), int()) if not isinstance(data.get(key), list):
                location = (key,)  # It was given alone, where there may be several.
        known = _keys_of(model) if model is not None else ()
        described = _description(keys, models)
        yield _one(detail, (*prefix, *location), known, described)


def _one(
    detail: ErrorDetails, location: Location, known: Iterable[str], described: str | None
) -> Found:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        names = list(known)
        close = next(iter(difflib.get_close_matches(str(location[-1]), names, n=1)), None)
        return Found(location, "an unknown key", ", ".join(names), close)
    if kind == UNSET:
        unset = f"the environment variable {context['name']}, which is not set"
        return Found(location, unset, "one that is set, or text in quotation marks")
    if kind == AT_ODDS:
        return Found((*location, context["key"]), context["given"], context["allowed"])
    hidden = not _QUIET_ABOUT.isdisjoint(location)
    given = "of another form" if hidden else describe(detail["input"])
    if kind == "missing":
        given = "missing"
    if location[-1] == _A_KEY:
        location, given = location[:-1], "a name of another form"
    if kind == "value_error":
        allowed = str(context["error"])
    elif kind == "enum":
        allowed = str(context["expected"])
    elif described is not None and kind not in _OF_ANY_FIELD:
        allowed = described
    else:
        allowed = _ALLOWED.get(kind, detail["msg"])
    return Found(location, given, allowed)


def _description(
    keys: tuple[str, ...], models: Mapping[tuple[str, ...], type[BaseModel]]
) -> str | None:
    """Return what the field allows that these keys lead to, if it says so itself."""
    for length in range(len(keys) - 1, -1, -1):
        model = models.get(keys[:length])
        if model is not None:
            fields = zip(_keys_of(model), model.model_fields.values(), strict=True)
            return next((field.description for key, field in fields if key == keys[length]), None)
    return None


def _keys_of(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]
