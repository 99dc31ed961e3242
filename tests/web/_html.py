"""Read a page as a browser without scripts and styles does."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset({"link", "meta"})


@dataclass
class Node:
    """An element, with what stands in it in its order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    content: list[Node | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return all text, what is in different elements apart."""
        parts = [one if isinstance(one, str) else one.text for one in self.content]
        return " ".join(" ".join(parts).split())

    def all(self, tag: str, class_: str | None = None) -> list[Node]:
        """Return every such element below this one."""
        found = []
        for one in self.content:
            if isinstance(one, Node):
                classes = one.attributes.get("class", "").split()
                if one.tag == tag and (class_ is None or class_ in classes):
                    found.append(one)
                found += one.all(tag, class_)
        return found

    def one(self, tag: str, class_: str | None = None) -> Node:
        """Return the only such element."""
        (found,) = self.all(tag, class_)
        return found


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].content.append(node)
        if tag not in _VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        ended = self.open.pop()
        assert ended.tag == tag, f"<{ended.tag}> ends with </{tag}>"

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)


def read_html(text: str) -> Node:
    """Return the document; every element in it must end where it should."""
    parser = _Parser()
    parser.feed(text)
    parser.close()
    (root,) = parser.open
    return root


def table(page: Node, caption: str) -> dict[str, list[str]]:
    """Return the rows of the table whose caption begins so: their cells, by their headings."""
    (found,) = (one for one in page.all("table") if one.one("caption").text.startswith(caption))
    rows = found.one("tbody").all("tr")
    return {row.one("th").text: [cell.text for cell in row.all("td")] for row in rows}
