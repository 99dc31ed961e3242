"""Texts and names in ClickHouse's SQL."""

from __future__ import annotations


def quoted(text: str) -> str:
    r"""Return a text as a literal of ClickHouse's SQL.

    >>> print(quoted("it's"))
    'it\'s'
    """
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def quoted_name(name: str) -> str:
    r"""Return a name as a quoted identifier of ClickHouse's SQL.

    >>> print(quoted_name("a`b"))
    `a\`b`
    """
    escaped = name.replace("\\", "\\\\").replace("`", "\\`")
    return f"`{escaped}`"
