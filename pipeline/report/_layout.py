"""What all sections of a printed report are laid out with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich.table import Table
from rich.text import Text

from pipeline.report._rate import FEW, Rate
from pipeline.report._text import percent, printable

WIDE = 110
"""From this width on there is room for more columns and longer bars."""
_LONGEST_NAME, _LONGEST_NAME_WHEN_WIDE = 28, 40


def is_wide(width: int) -> bool:
    """Tell whether there is room for everything."""
    return width >= WIDE


def table(width: int, name: str, *columns: str, longest: int = _LONGEST_NAME) -> Table:
    """Return an empty table: a column of names, one of bars, and these, of numbers.

    Names longer than `longest` are cut off where there is no room.
    """
    laid_out = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    longest = _LONGEST_NAME_WHEN_WIDE if is_wide(width) else longest
    laid_out.add_column(name, no_wrap=True, overflow="ellipsis", max_width=longest)
    laid_out.add_column("", no_wrap=True)
    for column in columns:
        laid_out.add_column(column, justify="right", no_wrap=True)
    return laid_out


def bar(rate: Rate, largest: float, width: int, style: str) -> Text:
    """Draw a rate, and behind it a thin line to the upper end of its interval.

    `largest` is the rate that fills the width.
    """
    if rate.rate is None or rate.high is None or not largest:
        return Text(" " * width)
    length = min(width, round(rate.rate / largest * width))
    reach = min(width, round(rate.high / largest * width))
    drawn = Text("━" * length, style=style)
    drawn.append("╌" * (reach - length), style="dim")
    return drawn.append(" " * (width - max(length, reach)))


def exact_bar(rate: Rate, largest: float, width: int, style: str) -> Text:
    """Draw a share that nothing is uncertain about."""
    length = round((rate.rate or 0.0) / largest * width) if largest else 0
    return Text("━" * length, style=style).append(" " * (width - length))


def bar_width(width: int) -> int:
    """Return how long a bar may be."""
    return 24 if is_wide(width) else 12


def marked(rate: Rate, style: str = "bold") -> Text:
    """Write a rate; one of few is marked and steps back."""
    few = rate.is_of_few and rate.rate is not None
    return Text(f"~{percent(rate)}" if few else percent(rate), style="dim" if few else style)


def distinct(names: Sequence[tuple[str, str]]) -> list[str]:
    """Write names, each with what it belongs to only where another one reads the same.

    >>> distinct([("north", "spring"), ("south", "spring"), ("south", "autumn")])
    ['north/spring', 'south/spring', 'autumn']
    """
    times = Counter(name for _, name in names)
    return [printable(name if times[name] == 1 else f"{owner}/{name}") for owner, name in names]


def explained(rates: Iterable[Rate]) -> Iterator[Text]:
    """Yield what stands below a table with marked rates; nothing below others."""
    if any(rate.is_of_few and rate.rate is not None for rate in rates):
        yield Text(f"~ of fewer than {FEW}: chance alone moves it by many points", style="dim")
