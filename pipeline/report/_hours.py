"""The section on when openers are answered: a strip of hours for each day of the week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from pipeline.report._layout import is_wide
from pipeline.report._model import HourResponse, Report
from pipeline.report._rate import Rate
from pipeline.report._text import percent

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_HOURS = range(24)
_ENOUGH = 20
"""An hour with fewer attempts says nothing."""
_SHADES = (("░", "blue"), ("▒", "cyan"), ("▓", "green"), ("█", "bright_green"))
_NAMED = 3
_WORTH_A_MAP = 12
"""Fewer hours with enough attempts show no pattern."""


def hours(report: Report, width: int) -> Iterator[RenderableType]:
    """Print the strips, what their shades mean, and the best hours in words."""
    by_hour = {(entry.weekday, entry.hour): entry.response for entry in report.hours}
    rates = sorted(
        rate.rate for rate in by_hour.values() if rate.rate is not None and rate.whole >= _ENOUGH
    )
    if not rates:
        yield Text(f"No hour of the week has {_ENOUGH} attempts yet.", style="dim")
        return
    if len(rates) >= _WORTH_A_MAP:
        yield from _map(by_hour, rates, width)
    yield _best(report.hours)


def _map(
    by_hour: dict[tuple[int, int], Rate], rates: Sequence[float], width: int
) -> Iterator[RenderableType]:
    limits = _limits(rates)
    cell = 3 if is_wide(width) else 2
    yield _scale(cell)
    for weekday, name in enumerate(_DAYS, 1):
        row = [by_hour.get((weekday, hour)) for hour in _HOURS]
        yield _strip(name, row, limits, cell)
    yield _strip("all", [_whole_week(by_hour, hour) for hour in _HOURS], limits, cell)
    yield _legend(limits)


def _limits(rates: Sequence[float]) -> list[float]:
    """Return the rates at which a darker shade begins: the quartiles of the hours."""
    return [rates[len(rates) * part // len(_SHADES)] for part in range(1, len(_SHADES))]


def _scale(cell: int) -> Text:
    line = Text("     ")
    for hour in range(0, 24, 3):
        line.append(f"{hour:02}".ljust(cell * 3), style="dim")
    return line


def _strip(name: str, row: Sequence[Rate | None], limits: Sequence[float], cell: int) -> Text:
    line = Text(f"{name:5}", style="dim")
    for rate in row:
        if rate is None or rate.rate is None or rate.whole < _ENOUGH:
            line.append("·".ljust(cell), style="dim")
        else:
            shade, style = _SHADES[sum(rate.rate >= limit for limit in limits)]
            line.append(shade * cell, style=f"not dim {style}")
    return line


def _whole_week(by_hour: dict[tuple[int, int], Rate], hour: int) -> Rate:
    found = [rate for (_, at), rate in by_hour.items() if at == hour]
    return Rate.of(sum(rate.part for rate in found), sum(rate.whole for rate in found))


def _legend(limits: Sequence[float]) -> Text:
    words = [f"under {limit * 100:.0f} %" for limit in limits] + ["more"]
    line = Text("     ")
    for (shade, style), word in zip(_SHADES, words, strict=True):
        line.append(shade * 2, style=style)
        line.append(f" {word}   ", style="dim")
    return line.append(f"· few ({_ENOUGH} needed)", style="dim")


def _best(found: Sequence[HourResponse]) -> Text:
    """Name the hours that are best for sure: those whose intervals begin highest."""
    enough = [entry for entry in found if entry.response.whole >= _ENOUGH]
    best = sorted(enough, key=lambda entry: -(entry.response.low or 0.0))[:_NAMED]
    named = ", ".join(
        f"{_DAYS[entry.weekday - 1]} {entry.hour:02}:00 "
        f"({percent(entry.response)} of {entry.response.whole:,})"
        for entry in best
    )
    return Text(f"Best: {named}.")
