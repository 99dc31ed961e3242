"""How a report writes numbers, spans and names."""

from __future__ import annotations

from datetime import datetime

from pipeline.report._rate import Rate

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_TWO_DIGITS = 10


_PLURALS = {"reply": "replies", "touch": "touches"}


def percent(rate: Rate) -> str:
    """Write a rate.

    >>> percent(Rate.of(1, 8)), percent(Rate.of(0, 0)), percent(Rate.of(9_999, 10_000))
    ('12.5 %', '-', '99.9 %')
    """
    if rate.rate is None:
        return "-"
    # Rounded to 100.0 or 0.0, a rate would say all or none where that is not so.
    shown = min(round(rate.rate * 100, 1), 99.9) if rate.part < rate.whole else 100.0
    shown = max(shown, 0.1) if rate.part else 0.0
    return f"{shown:.1f} %"


def percent_of(rate: Rate) -> str:
    """Write a rate and its denominator.

    >>> percent_of(Rate.of(1, 8))
    '12.5 % of 8'
    """
    return f"{percent(rate)} of {rate.whole:,}"


def of(rate: Rate, whole: str = "") -> str:
    """Write what is divided by what.

    >>> of(Rate.of(1_234, 10_000), "attempts")
    '1,234 of 10,000 attempts'
    """
    return f"{rate.part:,} of {rate.whole:,} {whole}".rstrip()


def interval(rate: Rate) -> str:
    """Write the interval, without decimals.

    >>> interval(Rate.of(81, 263)), interval(Rate.of(0, 0))
    ('26-37 %', '-')
    """
    if rate.low is None or rate.high is None:
        return "-"
    return f"{rate.low * 100:.0f}-{rate.high * 100:.0f} %"


def per_hundred(rate: Rate) -> str:
    """Write a rate as so many of a hundred.

    >>> per_hundred(Rate.of(3, 400))
    '0.75'
    """
    return "-" if rate.rate is None else f"{rate.rate * 100:.2f}"


def span(seconds: float | None) -> str:
    """Write a span of time in its two greatest units.

    >>> span(42), span(3_720), span(100_000), span(None)
    ('42 s', '1 h 2 min', '1 d 4 h', '-')
    """
    if seconds is None:
        return "-"
    whole = int(seconds)
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{whole // _MINUTE} min"
    if whole < _DAY:
        return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE} min"
    return f"{whole // _DAY} d {round(whole % _DAY / _HOUR)} h"


def day(moment: datetime) -> str:
    """Write the day of a moment.

    >>> day(datetime(2026, 7, 1, 12))
    '2026-07-01'
    """
    return moment.date().isoformat()


def minute(moment: datetime) -> str:
    """Write a moment in UTC, to the minute.

    >>> minute(datetime(2026, 7, 1, 12, 5, 59))
    '2026-07-01 12:05'
    """
    return f"{moment:%Y-%m-%d %H:%M}"


def printable(name: str) -> str:
    r"""Write a name from a log, which may hold what a terminal would obey.

    >>> printable("spring\x1b[2J")
    'spring�[2J'
    """
    return "".join(character if character.isprintable() else "�" for character in name)


def campaign_name(campaign_id: str) -> str:
    """Write the name of a campaign.

    >>> campaign_name("spring"), campaign_name("")
    ('spring', '(no campaign)')
    """
    return printable(campaign_id) or "(no campaign)"


def count(number: int, name: str) -> str:
    """Write a number of things.

    >>> count(1, "reply"), count(1_200, "reply"), count(2, "account")
    ('1 reply', '1,200 replies', '2 accounts')
    """
    if number == 1:
        return f"1 {name}"
    return f"{number:,} {_PLURALS.get(name, f'{name}s')}"
