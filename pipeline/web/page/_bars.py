"""Bars: a rate beside others, as long as it is high."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from pipeline.report import Rate
from pipeline.web.page._markup import Markup, element


class Tone(StrEnum):
    """What a bar says beside its length: the class that gives its colour."""

    RATE = "rate"
    PROBLEM = "problem"


def bar(rate: Rate, full: float, tone: Tone, *, exact: bool = False) -> Markup:
    """Draw a rate, and unless it is exact a thin line over its interval; `full` fills the width.

    It is for eyes only: the number stands beside it.
    """
    drawn = []
    if rate.rate is not None and rate.low is not None and rate.high is not None and full > 0:
        drawn.append(element("rect", width=_share(rate.rate, full), height="100%", rx="3"))
        if not exact:
            low, high = _share(rate.low, full), _share(rate.high, full)
            drawn.append(element("line", x1=low, x2=high, y1="50%", y2="50%"))
    few = " few" if rate.is_of_few and not exact else ""
    return element("svg", *drawn, class_=f"bar {tone}{few}", aria_hidden="true")


def full_width(rates: Iterable[Rate]) -> float:
    """Return what fills a bar: the upper end of the highest, of few only if there are no others."""
    every = list(rates)
    sure = [rate for rate in every if not rate.is_of_few] or every
    return max((rate.high or 0.0 for rate in sure), default=0.0)


def highest(rates: Iterable[Rate]) -> float:
    """Return what fills a bar of shares that nothing is uncertain about."""
    return max((rate.rate or 0.0 for rate in rates), default=0.0)


def _share(value: float, full: float) -> str:
    return f"{min(1.0, value / full) * 100:.2f}%"
