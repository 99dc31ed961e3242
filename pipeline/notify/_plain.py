"""Text of strangers, made harmless whatever it is shown with."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_KEPT: Final = "\n\u200c\u200d"
"""Of the invisible characters: the joiners belong to emoji and to some scripts."""
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_MARKUP: Final = re.compile(r"<|(?<!\w)@(?=\w)|](?=\()|:(?=//)")


def plain(text: str, longest: int) -> str:
    r"""Return a text without characters that change how others are shown, and cut to a length.

    >>> plain("pay\u202e now\r\nor else", 12)
    'pay now\nor …'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    shown = "".join(
        letter
        for letter in text[: 4 * longest]
        if letter in _KEPT or unicodedata.category(letter) not in _INVISIBLE
    ).strip()
    return shown if len(shown) <= longest else f"{shown[: longest - 1]}…"


def one_line(text: str, longest: int) -> str:
    r"""Return the same as one line.

    >>> one_line("spring\r\nBcc: everyone@example.org", 80)
    'spring Bcc: everyone@example.org'
    """
    return plain(" ".join(text.split()), longest)


def inert(text: str) -> str:
    r"""Return a text that is no markup, links nowhere and mentions nobody, for unknown media.

    It looks the same: what would begin such a thing is followed by a space without width.

    >>> inert("<!channel> @all [win](http://x.example) tess@northfold.example")
    '<\u200b!channel> @\u200ball [win]\u200b(http:\u200b//x.example) tess@northfold.example'
    """
    return _MARKUP.sub("\\g<0>\u200b", text)
