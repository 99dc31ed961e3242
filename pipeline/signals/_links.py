"""What links look like."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from pipeline.signals._tables import read_table

_SIGN: Final = re.compile(r"\.[a-z]|://")
_LABEL: Final = r"[a-z0-9\u00e0-\u024f](?:[a-z0-9\u00e0-\u024f-]{0,61}[a-z0-9\u00e0-\u024f])?+"


def mask_links(folded: str) -> str:
    """Return a folded text with spaces where links stand, so that their words count for none."""
    if not _SIGN.search(folded):
        return folded
    return _masked().sub(lambda match: " " * len(match[0]), folded)


@cache
def _masked() -> re.Pattern[str]:
    domains = "|".join(read_table("domains")["top_level"].split())
    return re.compile(
        r"h(?:tt|xx)ps?://\S{1,200}"
        rf"|(?<![\w@.+-])(?:{_LABEL}\.){{1,4}}(?:(?:{domains})(?![\w@-]|\.\w)(?:/\S{{0,200}})?"
        r"|[a-z]{2,12}/[\w-]\S{0,200})"
    )
