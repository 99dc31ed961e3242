"""On which line of a TOML text each key stands, which the parser does not tell."""

from __future__ import annotations

import re
from collections.abc import Mapping

Location = tuple[str | int, ...]
"""The keys and, for entries of `[[lists]]`, the numbers (from 0) that lead to a value."""

_NAME = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_DOTTED = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_LIST_ENTRY = re.compile(rf"\s*\[\[\s*({_DOTTED})\s*\]\]")
_TABLE = re.compile(rf"\s*\[\s*({_DOTTED})\s*\]")
_KEY = re.compile(rf"\s*({_DOTTED})\s*=")


def key_lines(text: str) -> dict[Location, int]:
    r"""Return the line, counted from 1, on which each table and key of the text begins.

    Knows tables, entries of lists and keys at the start of a line: what stands within braces or
    within a list of values is found by the key in front of it.

    >>> key_lines('[rules]\nmin_gap = "72h"')
    {('rules',): 1, ('rules', 'min_gap'): 2}
    """
    lines: dict[Location, int] = {}
    entries: dict[Location, int] = {}
    table: Location = ()
    within_text = False
    for number, line in enumerate(text.splitlines(), start=1):
        quotes = line.count('"""') + line.count("'''")
        if not within_text:
            if found := _LIST_ENTRY.match(line):
                name = _location(found[1], entries)
                entries[name] = entries.get(name, -1) + 1
                table = (*name, entries[name])
                lines.setdefault(name, number)
                lines[table] = number
            elif found := _TABLE.match(line):
                table = _location(found[1], entries)
                lines.setdefault(table, number)
            elif found := _KEY.match(line):
                lines.setdefault((*table, *_location(found[1], {})), number)
        within_text ^= quotes % 2 == 1
    return lines


def line_of(lines: Mapping[Location, int], location: Location) -> int | None:
    """Return the line of the location, or of the nearest thing around it, if any is known."""
    for length in range(len(location), 0, -1):
        if location[:length] in lines:
            return lines[location[:length]]
    return None


def _location(dotted: str, entries: Mapping[Location, int]) -> Location:
    """Return where a dotted name leads; within a list of tables that is its latest entry."""
    location: Location = ()
    for name in re.findall(_NAME, dotted):
        if location in entries:
            location = (*location, entries[location])
        location = (*location, name.strip("\"'"))
    return location
