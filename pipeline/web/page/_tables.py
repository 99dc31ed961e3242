"""Tables: names, bars, and numbers that always stand beside what they are of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.report import FEW, Rate, text
from pipeline.web.page._markup import Markup, element, join


class Row(NamedTuple):
    """One line of a table."""

    name: Markup
    bar: Markup
    rate: Rate
    more: Sequence[str] = ()
    """Further cells, which a narrow screen leaves out."""
    is_exact: bool = False
    """Nothing is uncertain about the rate, however few it is of."""


def table(caption: str, names: str, value: str, rows: Iterable[Row], *more: str) -> Markup:
    """Return a table: names, bars, the value with its denominator, and further columns."""
    head = element(
        "tr",
        element("th", names, scope="col"),
        element("td", class_="bars"),
        element("th", value, scope="col", class_="number"),
        *(element("th", title, scope="col", class_="number more") for title in more),
    )
    return element(
        "table",
        element("caption", caption),
        element("thead", head),
        element("tbody", *map(_row, rows)),
    )


def named(name: str, workspace: str = "") -> Markup:
    """Return a name, and small below it the workspace that it belongs to, if one is given."""
    below = [element("small", workspace)] if workspace else []
    return element("span", name, *below, class_="name")


def link(words: str, address: str) -> Markup:
    """Return words that lead to another page of ours."""
    return element("a", words, href=address)


def note(*content: str) -> Markup:
    """Return a remark below a table."""
    return element("p", *content, class_="note")


def explained(rows: Iterable[Row]) -> Iterator[Markup]:
    """Yield what stands below a table with marked rates; nothing below others."""
    if any(map(_is_marked, rows)):
        yield note(f"~ of fewer than {FEW}: chance alone moves it by many points.")


def section(identity: str, title: str, *content: Markup) -> Markup:
    """Return a part of the page with its heading."""
    heading = element("h2", title, id=identity)
    return element("section", heading, *content, aria_labelledby=identity)


def _row(row: Row) -> Markup:
    few = _is_marked(row)
    shown = f"~{text.percent(row.rate)}" if few else text.percent(row.rate)
    rate = element("td", element("b", shown), element("small", text.of(row.rate)), class_="number")
    more = join([element("td", cell, class_="number more") for cell in row.more])
    name = element("th", row.name, scope="row")
    return element(
        "tr", name, element("td", row.bar, class_="bars"), rate, more, class_="few" if few else None
    )


def _is_marked(row: Row) -> bool:
    return row.rate.is_of_few and row.rate.rate is not None and not row.is_exact
