"""HTML that cannot be broken by what stands in a log."""

from __future__ import annotations

from html import escape

from pipeline.report import printable

_VOID = frozenset({"link", "meta"})


class Markup(str):
    """Text that is HTML already; all other text is escaped when it becomes part of one."""

    __slots__ = ()


def element(tag: str, /, *content: str, **attributes: str | None) -> Markup:
    """Return an element; of attributes, None is left out, and underscores are hyphens.

    A name that Python keeps for itself is given with an underscore at its end.

    >>> element("td", "Ben & Ana", class_="name", data_step="0")
    '<td class="name" data-step="0">Ben &amp; Ana</td>'
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_text(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if tag in _VOID:
        return Markup(f"<{tag}{given}>")
    return Markup(f"<{tag}{given}>{join(content)}</{tag}>")


def join(content: tuple[str, ...] | list[str]) -> Markup:
    """Return these one after the other; what is no markup is escaped."""
    return Markup("".join(one if isinstance(one, Markup) else _text(one) for one in content))


def _text(text: str) -> str:
    return escape(printable(text))
