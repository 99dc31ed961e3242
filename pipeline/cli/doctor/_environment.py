"""Examine what the product runs on: Python, packages, the engine, zone data, the clock."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, entry_points, requires, version
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pipeline.cli.doctor._finding import Finding, note, sound, wrong

_DISTRIBUTION = "outreach-pipeline"
_FIRST_PYTHON, _AFTER_LAST_PYTHON = (3, 11), (3, 14)
_REQUIREMENT = re.compile(r"([\w.-]+)\s*(?:(==|>=)\s*([\d.]+))?")
_SOME_ZONES = ("Europe/Berlin", "America/Los_Angeles", "Asia/Tokyo")
_RELEASED = datetime(2026, 1, 1, tzinfo=UTC)
_PLAUSIBLE_YEARS = 30


def examine_environment() -> Iterator[Finding]:
    """Yield what there is to say of this process and its packages."""
    yield _python()
    yield from _packages()
    yield _engine()
    yield _zones()
    yield _transport()
    yield clock(datetime.fromtimestamp(time.time(), UTC))


def _engine() -> Finding:
    # It takes a while, and most commands start without.
    import chdb  # noqa: PLC0415 - see above

    return sound("Engine", f"ClickHouse {chdb.engine_version}, in process")


def clock(now: datetime) -> Finding:
    """Return what there is to say of the time that this machine believes it is.

    >>> clock(datetime(1970, 1, 1, tzinfo=UTC)).state.value
    'wrong'
    """
    shown = f"{now:%Y-%m-%d %H:%M:%S} UTC"
    if not 0 <= (now - _RELEASED).days <= _PLAUSIBLE_YEARS * 365:
        advice = "Set the clock of this machine: decisions and quiet hours depend on it."
        return wrong("Clock", shown, advice)
    return sound("Clock", shown)


def unmet(requirement: str, installed: str | None) -> str | None:
    """Return what is wrong with the installed version, None if nothing is.

    >>> unmet("rich>=14", "15.0.1"), unmet("rich>=14", "13.9"), unmet("rich>=14", None)
    (None, 'rich 13.9 (>=14 needed)', 'rich is missing')
    >>> unmet("faust-streaming==0.15.3", "0.15.4")
    'faust-streaming 0.15.4 (==0.15.3 needed)'
    """
    found = _REQUIREMENT.match(requirement)
    name, relation, needed = found.groups() if found else (requirement, None, None)
    if installed is None:
        return f"{name} is missing"
    if relation is None or needed is None:
        return None
    met = installed == needed if relation == "==" else _numbers(installed) >= _numbers(needed)
    return None if met else f"{name} {installed} ({relation}{needed} needed)"


def _python() -> Finding:
    shown = ".".join(map(str, sys.version_info[:3]))
    if _FIRST_PYTHON <= sys.version_info[:2] < _AFTER_LAST_PYTHON:
        return sound("Python", shown)
    return wrong("Python", shown, "Install the product under Python 3.11, 3.12 or 3.13.")


def _packages() -> Iterator[Finding]:
    required = [one for one in _requirements() if "extra ==" not in one]
    problems = [
        problem
        for one in required
        if (problem := unmet(one, _installed(_name_in(one)))) is not None
    ]
    if problems:
        advice = f"Install the product again: pip install {_DISTRIBUTION}."
        yield wrong("Packages", "; ".join(problems), advice)
    else:
        yield sound("Packages", f"{_DISTRIBUTION} {_installed(_DISTRIBUTION)} with all it needs")
    if _installed("avro") and _installed("avro-python3"):
        yield wrong(
            "Package avro",
            "avro stands beside avro-python3, and both own the module of that name",
            "Uninstall both, then install avro-python3 again.",
        )


def _requirements() -> list[str]:
    try:
        return requires(_DISTRIBUTION) or []
    except PackageNotFoundError:
        return []


def _name_in(requirement: str) -> str:
    found = _REQUIREMENT.match(requirement)
    return found[1] if found else requirement


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", text)[:3])


def _zones() -> Finding:
    try:
        for name in _SOME_ZONES:
            ZoneInfo(name)
    except ZoneInfoNotFoundError as error:
        return wrong("Time zones", str(error), "Install the package tzdata.")
    return sound("Time zones", f"tzdata {_installed('tzdata') or 'of the system'}")


def _transport() -> Finding:
    found = list(entry_points(group="faust.transports", name="sqlite"))
    if not found:
        advice = f"Install the product as a package ({_DISTRIBUTION}), not as loose files."
        return wrong("Log transport", "Faust does not know `sqlite`", advice)
    try:
        found[0].load()
    except ImportError as error:
        return wrong("Log transport", str(error), "Install the product again.")
    if len(found) > 1:
        return note("Log transport", f"{len(found)} packages offer `sqlite`; Faust takes one")
    return sound("Log transport", "Faust knows `sqlite`")
