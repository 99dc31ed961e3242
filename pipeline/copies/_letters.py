"""Plain letters for letters that only look different."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_FOREIGN: Final = re.compile(r"[^\x00-\x7f]{1,32}")
"""Bounded, so that what is remembered of them is bounded as well."""

_INVISIBLE: Final = frozenset({"Cf", "Cc", "Mn", "Me"})

_PAIRS: Final = (
    # Cyrillic
    "0430a 0432b 0435e 043ak 043cm 043dh 043eo 0440p 0441c 0442t 0443y 0445x 0455s 0456i "
    "0458j 04afy 04bbh 04cfl 0501d 051bq 051dw 044cb 0433r 0438u 043fn 04373 "
    # Greek
    "03b1a 03b2b 03b3y 03b5e 03b7n 03b9i 03bak 03bdv 03bfo 03c1p 03c3o 03c4t 03c5u 03c7x "
    "03c9w "
    # Armenian, Latin beyond ASCII, and small capitals
    "0570h 0578n 057du 0585o 0131i 0142l 00f8o 0111d 0127h 0251a 0261g 0269i 1d00a 0299b "
    "1d04c 1d05d 1d07e a730f 0262g 029ch 026ai 1d0aj 1d0bk 029fl 1d0dm 0274n 1d0fo 1d18p "
    "0280r a731s 1d1bt 1d1cu 1d20v 1d21w 028fy 1d22z "
)
"""Code points, each with the letter of ASCII that it looks like."""

_LOOK_ALIKES: Final = {
    **{int(pair[:-1], 16): pair[-1] for pair in _PAIRS.split()},
    # Letters in a coloured square
    **{0x1F170 + index: chr(ord("a") + index) for index in range(26)},
}


def plain_letters(text: str) -> str:
    r"""Return a text in lower case, in ASCII wherever a letter looks like one of ASCII's.

    Accents and invisible characters are gone; other letters and signs stay as they are.

    >>> plain_letters("W\u0435 l\u200bov\u00e9 \uff59our \u1d04ontent \u2728")
    'we love your content \u2728'
    """
    return text.lower() if text.isascii() else _FOREIGN.sub(_plain, text).lower()


def _plain(found: re.Match[str]) -> str:
    return _plain_run(found[0])


@lru_cache(maxsize=2**12)
def _plain_run(run: str) -> str:
    visible = (
        letter
        for letter in unicodedata.normalize("NFKD", run)
        if unicodedata.category(letter) not in _INVISIBLE
    )
    return "".join(visible).casefold().translate(_LOOK_ALIKES)
