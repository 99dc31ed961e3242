"""The file that says who is told of alerts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.alerts import Route, Routing
from pipeline.notify._found import Found, read_notifiers, read_routes
from pipeline.notify._values import NotifierTable
from pipeline.policy import Problem, key_lines, line_of


class AlertSettingsError(Exception):
    """A file of alert settings cannot be used; holds every problem found, at least one."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """Who is told of alerts, and when."""

    notifiers: Mapping[str, NotifierTable]
    """The settings of each notifier, by its name."""
    routing: Routing


def load_alert_settings(path: str | Path, environment: Mapping[str, str]) -> AlertSettings:
    """Return what the file says, with the secrets that it has in environment variables.

    Blocks while it reads. Raises AlertSettingsError with every problem found, also when the file
    cannot be read.
    """
    try:
        text = Path(path).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        found = Found((), f"unreadable ({error.strerror})", "a file that you may read")
    except UnicodeDecodeError as error:
        found = Found((), f"no UTF-8 (at byte {error.start})", "a file saved as UTF-8")
    else:
        return read_alert_settings(text, str(path), environment)
    raise AlertSettingsError((found.problem(str(path), None),))


def read_alert_settings(text: str, file: str, environment: Mapping[str, str]) -> AlertSettings:
    """Return what the TOML text says; `file` is its name in problems.

    Without routes every notifier is told everything at any time. Raises AlertSettingsError with
    every problem found.
    """
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        no_toml = Found((), f"no TOML ({_complaint(error)})", "a TOML file")
        raise AlertSettingsError((no_toml.problem(file, None),)) from None
    found: list[Found] = []
    notifiers = read_notifiers(data, environment, found)
    routes = read_routes(data, found)
    if found:
        lines = key_lines(text)
        problems = [one.problem(file, line_of(lines, one.location)) for one in found]
        raise AlertSettingsError(tuple(sorted(problems, key=lambda problem: problem.line or 0)))
    return AlertSettings(notifiers, Routing(routes or (Route(tuple(notifiers)),)))


def _complaint(error: ValueError | RecursionError) -> str:
    match error:
        case tomllib.TOMLDecodeError():
            return str(error)
        case RecursionError():
            return "nested too deeply"
        case _:
            return "a number of too many digits"
