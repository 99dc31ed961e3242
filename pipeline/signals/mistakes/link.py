"""A URL or a bare domain in an opener."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from pipeline.signals._codes import Element
from pipeline.signals._evidence import Evidence, in_original
from pipeline.signals._inquiry import Inquiry
from pipeline.signals._links import link_chunks
from pipeline.signals._message import Span
from pipeline.signals._tables import read_table
from pipeline.signals._word_search import one_of

SUGGESTION = "Take the link out; send it when they ask, and let the profile speak until then."

_DOT: Final = re.compile(r"\.[^\W_]")
_SIGN: Final = re.compile(r"\.[^\W_]|://")
_SPELT_SIGN: Final = re.compile(r"\b(?:dot|punkt|punto|ponto)\b|[\[({] ?(?:\.|point) ?[\])}]")
_SPELT_SIGNS: Final = ("dot", "punkt", "punto", "ponto", "[", "(", "{")
"""One of them is part of each, and they are looked up in a tenth of the time."""
_SPELT_DOT: Final = (
    r"(?: ?[\[({] ?(?:\.|dot|punkt|punto|point|ponto) ?[\])}] ?| (?:dot|punkt|punto|ponto) )"
)
_NO_LINKS: Final = re.compile(r"(?i:asp|vb|ml|paint|node)\.(?i:net|js|io)$")
_KINDS_OF_DOMAINS: Final = ("top_level", "also_words", "rarely_after_a_stop")
_LABEL: Final = r"[a-z0-9\u00e0-\u024f](?:[a-z0-9\u00e0-\u024f-]{0,61}[a-z0-9\u00e0-\u024f])?+"


def find(inquiry: Inquiry) -> Evidence | None:
    """Look for links; an e-mail address or a handle with a dot in it is none."""
    text = inquiry.message.text
    if not inquiry.context.is_opener:
        return None
    found = [match.span() for chunk in _chunks(text) for match in _links().finditer(text, *chunk)]
    if not found:
        return None
    address = inquiry.elements.get(Element.CONTACT_EMAIL)
    spans = address.spans if address else ()
    places = [
        place
        for place in found
        if text[place[1] : place[1] + 1] != "@"
        and not _NO_LINKS.match(text[slice(*place)])
        and not any(start < place[1] and place[0] < end for start, end in spans)
    ]
    return in_original(inquiry.message, *places) if places else None


def _chunks(text: str) -> Iterator[Span]:
    """Yield the pieces of a text, between white space, that can hold a link."""
    if any(map(text.__contains__, _SPELT_SIGNS)) and _SPELT_SIGN.search(text):
        yield 0, len(text)
        return
    yield from link_chunks(text, _SIGN if "://" in text else _DOT)


@cache
def _links() -> re.Pattern[str]:
    """Return what links look like; the domains that are words, too, need a path behind them."""
    domains = read_table("domains")
    top, words, own = (one_of(domains[key].split()) for key in _KINDS_OF_DOMAINS)
    shouted = one_of(domains["top_level"].upper().split())
    return re.compile(
        rf"(?i:h(?:tt|xx)ps?://)\S{{1,200}}"
        rf"|(?<![\w@.+-])(?i:www\.{_LABEL})(?i:\.[a-z0-9-]{{1,63}}){{1,4}}+(?:/\S{{0,200}})?"
        rf"|(?<![\w@.+/-])(?:(?i:{_LABEL})\.){{1,4}}"
        rf"(?:(?:{top}|{shouted})(?![\w@-]|\.\w)(?:/\S{{0,200}})?"
        rf"|(?:{words}|[a-z]{{2,10}})/[\w-]\S{{0,200}})"
        rf"|(?<![\w@.+/-])[a-z0-9]+-[a-z0-9-]+\.(?:{words})(?![\w@-]|\.\w)"
        rf"|(?<![\w@.+/-])[a-z0-9]{{3,40}}\.(?:{own})(?=[)\],;:!?]|\.?(?:\s*$|\s+[^a-z\s]))"
        rf"|(?<![\w@.+/-])[a-z]{{2,20}}\.[a-z0-9-]{{3,40}}\.[a-z]{{2,12}}(?![\w@-]|\.\w)"
        rf"|(?<![\w@.+-])(?i:{_LABEL}){_SPELT_DOT}(?:{top}|{words})\b"
    )
