"""INSERT statements whose rows the client sends as blocks, told from those that need none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.warehouse.embedded._errors import ErrorCode, RefusedError
from pipeline.warehouse.embedded._tokens import Kind, Token, tokens


@dataclass(frozen=True, slots=True)
class ClientInsert:
    """An INSERT that waits for blocks from the client."""

    head: str
    """INSERT INTO, the table and the columns, as the client wrote them."""
    table: str
    """The table, as the client wrote it."""
    columns: tuple[str, ...] | None
    """The columns by name; None stands for all that can be inserted into."""
    settings: str
    """A SETTINGS clause, or nothing."""


def parse_insert(sql: str) -> ClientInsert | None:
    """Return what an INSERT statement needs, or None if it brings its rows itself.

    None as well for what is no proper INSERT: the engine says best what is wrong with it. Raises
    RefusedError for a file that only the client could read, for rows into a table function, and for
    columns that are not listed by name.

    >>> parse_insert("INSERT INTO d.t (a, `b c`) VALUES")
    ClientInsert(head='INSERT INTO d.t (a, `b c`)', table='d.t', columns=('a', 'b c'), settings='')
    >>> parse_insert("INSERT INTO t VALUES (1)")
    """
    cursor = _Cursor(sql)
    cursor.accept("INSERT")
    cursor.accept("INTO")
    cursor.accept("TABLE")
    into_function = cursor.accept("FUNCTION")
    table = cursor.table()
    if into_function:
        cursor.group()
    listed = cursor.group()
    head = sql[: cursor.end]
    if cursor.accept("FROM") and cursor.accept("INFILE"):
        raise RefusedError(
            ErrorCode.UNKNOWN_TYPE_OF_QUERY, "FROM INFILE is the client's to do: send the rows"
        )
    settings = cursor.settings()
    if not cursor.rows_are_to_come():
        return None
    if into_function:
        raise RefusedError(
            ErrorCode.NOT_IMPLEMENTED, "The embedded server takes no rows for a table function"
        )
    return ClientInsert(head, table, _column_names(listed), settings)


class _Cursor:
    """The tokens of a statement, read one by one: rows written into it are never looked at."""

    def __init__(self, sql: str) -> None:
        self._sql = sql
        self._rest = tokens(sql)
        self._next = next(self._rest, None)
        self.end = 0
        """Where the last token that was read ends."""

    def accept(self, *words: str) -> bool:
        """Read the next token if it is one of these keywords or signs."""
        found = self._next is not None and (
            self._next.is_word(*words) or any(map(self._next.is_sign, words))
        )
        if found:
            self._advance()
        return found

    def table(self) -> str:
        """Read the name of a table, perhaps behind its database's."""
        start = self._next.start if self._next else self.end
        self._advance()
        if self.accept("."):
            self._advance()
        return self._sql[start : self.end]

    def group(self) -> list[Token] | None:
        """Read what stands in parentheses, if they follow, and return what is inside."""
        if not self.accept("("):
            return None
        inside: list[Token] = []
        depth = 1
        while token := self._advance():
            depth += token.is_sign("(") - token.is_sign(")")
            if not depth:
                break
            inside.append(token)
        return inside

    def settings(self) -> str:
        """Read a SETTINGS clause, if one follows."""
        start = self._next.start if self._next else self.end
        if not self.accept("SETTINGS"):
            return ""
        while self._next and not self._next.is_word("VALUES", "FORMAT", "SELECT", "WITH"):
            self._advance()
        return self._sql[start : self.end]

    def rows_are_to_come(self) -> bool:
        """Read VALUES or FORMAT, and tell whether the statement ends there, without a row."""
        if self.accept("FORMAT"):
            self._advance()
        elif not self.accept("VALUES"):
            return False
        while self.accept(";"):
            pass
        return self._next is None

    def _advance(self) -> Token | None:
        token, self._next = self._next, next(self._rest, None)
        if token:
            self.end = token.end
        return token


def _column_names(listed: Sequence[Token] | None) -> tuple[str, ...] | None:
    """Return the names in a list of columns; a name may have parts with dots between."""
    if not listed or (len(listed) == 1 and listed[0].is_sign("*")):
        return None
    names, wants_part = [""], True
    for token in listed:
        if wants_part and token.kind in {Kind.WORD, Kind.NAME}:
            names[-1] += token.name
        elif not wants_part and token.is_sign("."):
            names[-1] += "."
        elif not wants_part and token.is_sign(","):
            names.append("")
        else:
            break
        wants_part = not wants_part
    else:
        if not wants_part:
            return tuple(names)
    raise RefusedError(ErrorCode.NOT_IMPLEMENTED, "List the columns to insert into by their names")
