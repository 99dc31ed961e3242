"""What kind of statement a client sent, and what the engine should be given for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.warehouse.embedded._errors import ErrorCode, RefusedError
from pipeline.warehouse.embedded._inserts import ClientInsert, parse_insert
from pipeline.warehouse.embedded._tokens import Kind, Token, tokens


class Answer(StrEnum):
    """How a statement is answered."""

    STREAM = "stream"
    """With rows, perhaps many: block by block as they come."""
    ROWS = "rows"
    """With few rows, at once."""
    DONE = "done"
    """With no rows; or with some, where a command reports on what it did."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that the engine can run as it stands."""

    sql: str
    answer: Answer


_STREAMED = ("SELECT", "WITH", "FROM")
_SHOWN = ("SHOW", "DESC", "DESCRIBE", "EXISTS", "EXPLAIN", "CHECK")
_NEEDS_A_LOOK = re.compile(r";|\bFORMAT\b|\bOUTFILE\b|\bINSERT\b", re.IGNORECASE)
_BEFORE_A_COLUMN = frozenset(
    {
        *("SELECT", "DISTINCT", "BY", "WHERE", "PREWHERE", "HAVING", "QUALIFY", "ON", "AND", "OR"),
        *("NOT", "IN", "LIKE", "ILIKE", "BETWEEN", "AS", "CASE", "WHEN", "THEN", "ELSE", "IS"),
    }
)
"""Words after which an expression must follow."""


def parse_statement(sql: str) -> Statement | ClientInsert:
    """Tell what kind of statement this is.

    A FORMAT clause at the end of a statement that returns rows is dropped: the protocol has one
    format, and the client does the rest. Raises RefusedError for what the protocol has no place
    for: several statements at once, and files that only a client could open.

    >>> parse_statement("(SELECT 1) FORMAT JSON;")
    Statement(sql='(SELECT 1) ', answer=<Answer.STREAM: 'stream'>)
    """
    first = next((token for token in tokens(sql) if not token.is_sign("(")), None)
    if first is None or first.is_sign(";"):
        raise RefusedError(ErrorCode.SYNTAX_ERROR, "Empty query")
    if first.is_word("INSERT"):
        return parse_insert(sql) or Statement(sql, Answer.DONE)
    if first.is_word(*_STREAMED):
        answer = Answer.STREAM
    elif first.is_word(*_SHOWN):
        answer = Answer.ROWS
    else:
        answer = Answer.DONE
    if not _NEEDS_A_LOOK.search(sql):
        return Statement(sql, answer)
    return _look(sql, answer)


def _look(sql: str, answer: Answer) -> Statement:
    """Cut off what stands behind the statement proper."""
    outer = _outer_tokens(sql)
    end = next((place for place, token in enumerate(outer) if token.is_sign(";")), len(outer))
    if any(not token.is_sign(";") for token in outer[end:]):
        raise RefusedError(ErrorCode.SYNTAX_ERROR, "Only one statement at a time is allowed")
    if end < len(outer):
        sql, outer = sql[: outer[end].start], outer[:end]
    if answer is Answer.DONE:
        return Statement(sql, answer)
    if any(token.is_word("INSERT") for token in outer) and outer[0].is_word("WITH"):
        return Statement(sql, Answer.DONE)
    for place, token in enumerate(outer):
        if token.is_word("OUTFILE") and place and outer[place - 1].is_word("INTO"):
            raise RefusedError(
                ErrorCode.INTO_OUTFILE_NOT_ALLOWED, "INTO OUTFILE is the client's to do"
            )
        if _begins_format(outer, place):
            return Statement(sql[: token.start] + sql[outer[place + 1].end :], answer)
    return Statement(sql, answer)


def _outer_tokens(sql: str) -> list[Token]:
    """Return the tokens outside all parentheses."""
    outer, depth = [], 0
    for token in tokens(sql):
        if token.is_sign("("):
            depth += 1
        elif token.is_sign(")"):
            depth -= 1
            if not depth:
                outer.append(token)
        elif not depth:
            outer.append(token)
    return outer


def _begins_format(outer: Sequence[Token], place: int) -> bool:
    """Tell whether a FORMAT clause begins here, rather than a column of that name."""
    if place + 1 >= len(outer) or not place or not outer[place].is_word("FORMAT"):
        return False
    before, name, after = outer[place - 1], outer[place + 1], outer[place + 2 :]
    ends = not after or after[0].is_word("SETTINGS", "INTO")
    is_name = name.kind is Kind.WORD and not name.is_word("ASC", "DESC", "FROM")
    follows_whole = not before.is_word(*_BEFORE_A_COLUMN) and (
        before.kind is not Kind.SIGN or before.text in ")]*"
    )
    return ends and is_name and follows_whole
