"""ClickHouse SQL cut into tokens, as far as it takes to tell one statement from another.

Format: `src/Parsers/Lexer.cpp` in ClickHouse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a token is."""

    WORD = "word"
    """A keyword or a name without quotes."""
    NAME = "name"
    """A name in back quotes or double quotes."""
    TEXT = "text"
    NUMBER = "number"
    SIGN = "sign"


class Token(NamedTuple):
    """A token, and where it begins and ends."""

    kind: Kind
    text: str
    start: int
    end: int

    def is_word(self, *words: str) -> bool:
        """Tell whether this is one of these keywords, given in capitals."""
        return self.kind is Kind.WORD and self.text.upper() in words

    def is_sign(self, sign: str) -> bool:
        """Tell whether this is this sign."""
        return self.kind is Kind.SIGN and self.text == sign

    @property
    def name(self) -> str:
        """The name that a word or a quoted name stands for."""
        if self.kind is Kind.WORD:
            return self.text
        quote = self.text[0]
        return re.sub(r"\\(.)", r"\1", self.text[1:-1].replace(quote * 2, quote), flags=re.DOTALL)


_TOKEN = re.compile(
    r"""
      (?P<gap> \s+ | (?:--|\#[ !])[^\n]* )
    | (?P<comment> /\* )
    | (?P<heredoc> \$\w*\$ )
    | (?P<text> '(?:[^'\\]|\\.|'')*' )
    | (?P<name> `(?:[^`\\]|\\.|``)*` | "(?:[^"\\]|\\.|"")*" )
    | (?P<word> [A-Za-z_][\w$]* )
    | (?P<number> [0-9][\w.]* )
    | (?P<sign> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_COMMENT_EDGE = re.compile(r"/\*|\*/")


def tokens(sql: str) -> Iterator[Token]:
    """Yield the tokens of a statement one by one, without blanks and comments.

    What has no end (a quote, a comment) ends with the statement: the engine will complain of it.

    >>> [token.text for token in tokens("SELECT 'a;b' /* c; */, 1 -- d")]
    ['SELECT', "'a;b'", ',', '1']
    """
    position = 0
    while position < len(sql):
        match = _TOKEN.match(sql, position)
        assert match is not None, "a sign is any character"
        position = match.end()
        match match.lastgroup:
            case "gap":
                continue
            case "comment":
                position = _end_of_comment(sql, position)
            case "heredoc":
                closing = sql.find(match[0], position)
                position = len(sql) if closing < 0 else closing + len(match[0])
                yield Token(Kind.TEXT, sql[match.start() : position], match.start(), position)
            case kind:
                yield Token(Kind(str(kind)), match[0], match.start(), position)


def _end_of_comment(sql: str, position: int) -> int:
    """Return where the comment ends that was opened before `position`; comments nest."""
    depth = 1
    while depth:
        edge = _COMMENT_EDGE.search(sql, position)
        if edge is None:
            return len(sql)
        depth += 1 if edge[0] == "/*" else -1
        position = edge.end()
    return position
