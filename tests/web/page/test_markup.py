from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.report import printable
from pipeline.web.page._markup import Markup, element, join
from tests.web._html import read_html

TEXTS = st.text() | st.sampled_from(["<b>", "</p>", "&lt;", "'\" onload='x'", "<!--", "]]>", "\0"])


@given(TEXTS, TEXTS)
def test_text_stays_text(content: str, title: str) -> None:
    """Whatever stands in a log is read back as it was, and makes no element of its own."""
    paragraph = read_html(element("p", content, title=title)).one("p")
    assert paragraph.attributes == {"title": printable(title)}
    assert "".join(one for one in paragraph.content if isinstance(one, str)) == printable(content)
    assert not [one for one in paragraph.content if not isinstance(one, str)]


@given(TEXTS)
def test_markup_is_not_escaped_twice(content: str) -> None:
    """An element inside of others is the same element."""
    once = element("b", content)
    assert element("p", once) == f"<p>{once}</p>"
    assert join([once, "<"]) == f"{once}&lt;"


def test_attributes_that_are_not_given_are_left_out() -> None:
    """None leaves an attribute out, and an element without an end has none."""
    assert element("meta", name="x", content=None) == '<meta name="x">'
    assert isinstance(element("p"), Markup)
