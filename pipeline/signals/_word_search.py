"""Regular expressions that look for one of many words quickly."""

from __future__ import annotations

import re
from collections.abc import Iterable

_Trie = dict[str, "_Trie"]
_END = ""


def one_of(words: Iterable[str]) -> str:
    """Return an expression for any of these words, the longest that is there.

    Its alternatives share their beginnings, so that it fails at the first letter that none has.

    >>> one_of(["is", "it", "its"])
    'i(?:s|t(?:s)?)'
    """
    trie: _Trie = {}
    for word in words:
        node = trie
        for letter in word:
            node = node.setdefault(letter, {})
        node[_END] = {}
    return _expression(trie)


def _expression(node: _Trie) -> str:
    branches = sorted(
        re.escape(letter) + _expression(following)
        for letter, following in node.items()
        if letter != _END
    )
    if not branches:
        return ""
    if _END in node:
        return f"(?:{'|'.join(branches)})?"
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
