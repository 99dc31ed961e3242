"""Doing what one query asks for, and sending what comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from typing import Protocol

from pipeline.warehouse._quoting import quoted_name
from pipeline.warehouse.embedded._blocks import Block, Column, header_block, split_blocks
from pipeline.warehouse.embedded._cancellation import Watch
from pipeline.warehouse.embedded._errors import ErrorCode, RefusedError
from pipeline.warehouse.embedded._inserts import ClientInsert
from pipeline.warehouse.embedded._requests import NamedBlock, Query
from pipeline.warehouse.embedded._rows_file import RowsFile
from pipeline.warehouse.embedded._session import Session
from pipeline.warehouse.embedded._settings import QuerySettings
from pipeline.warehouse.embedded._statements import Answer, parse_statement
from pipeline.warehouse.embedded._types import layout_of


class Client(Protocol):
    """The client, as far as the execution of one of its queries needs it."""

    def send(self, native: bytes) -> None:
        """Send a Native block; blocks while the client is slow."""

    def receive(self) -> Block:
        """Wait for the client's next block; one without columns ends its rows."""

    def waiting(self) -> AbstractContextManager[Watch]:
        """Watch the client for a change of mind while the engine is at work."""


def execute(query: Query, session: Session, settings: QuerySettings, client: Client) -> None:
    """Do what a query asks for, up to but without the packet that ends it.

    Raises RefusedError if that cannot be done, after which the client may go on with another query.
    """
    statement = parse_statement(_decoded(query.sql))
    with _settings_and_tables(query, session, settings):
        if isinstance(statement, ClientInsert):
            _insert(statement, session, client)
        elif statement.answer is Answer.STREAM:
            _stream(statement.sql, session, client)
        else:
            _run(statement.sql, session, client, has_rows=statement.answer is Answer.ROWS)


def _insert(insert: ClientInsert, session: Session, client: Client) -> None:
    _send_header(session.columns_to_insert(insert), client)
    with RowsFile() as rows:
        while (block := client.receive()).columns:
            rows.append(block)
        with client.waiting():
            session.insert(insert, rows)


def _stream(sql: str, session: Session, client: Client) -> None:
    """Send rows as they come; where the client cancels, what has been sent is all there is."""
    has_header = False
    with client.waiting() as watch, closing(session.stream(sql)) as blocks:
        try:
            for native in blocks:
                if not has_header:
                    _send_header(split_blocks(native)[0].columns, client)
                    has_header = True
                client.send(native)
                if watch.cancelled.is_set():
                    return
        except RefusedError:
            if watch.cancelled.is_set():
                return
            raise
    if not has_header:
        _send_header(session.columns_of_select(sql), client)


def _run(sql: str, session: Session, client: Client, *, has_rows: bool) -> None:
    with client.waiting():
        blocks = split_blocks(session.run(sql))
    if blocks:
        _send_header(blocks[0].columns, client)
    elif has_rows:
        _send_header(session.columns(sql), client)
    for block in blocks:
        client.send(block.native)


def _send_header(columns: tuple[Column, ...], client: Client) -> None:
    """Send the names and types of the columns, which a client expects before any row.

    Raises RefusedError if the rows could not be passed on.
    """
    for column in columns:
        layout_of(column.type)
    client.send(header_block(columns))


@contextmanager
def _settings_and_tables(query: Query, session: Session, settings: QuerySettings) -> Iterator[None]:
    """Give the query its settings, and its external tables as temporary ones.

    The tables come and go without the settings, which might forbid it.
    """
    if not query.tables:
        settings.apply(query.settings)
        yield
        return
    names = {named.table for named in query.tables}
    settings.apply(())
    try:
        _create_tables(query.tables, session)
        settings.apply(query.settings)
        yield
    finally:
        settings.apply(())
        for name in names:
            session.run(f"DROP TEMPORARY TABLE IF EXISTS {quoted_name(name)}")


def _create_tables(tables: tuple[NamedBlock, ...], session: Session) -> None:
    for name, block in tables:
        table = quoted_name(name)
        columns = ", ".join(f"{quoted_name(column.name)} {column.type}" for column in block.columns)
        session.run(f"CREATE TEMPORARY TABLE IF NOT EXISTS {table} ({columns}) ENGINE = Memory")
        with RowsFile() as rows:
            rows.append(block)
            session.insert(ClientInsert(f"INSERT INTO {table}", table, None, ""), rows)


def _decoded(sql: bytes) -> str:
    try:
        return sql.decode()
    except UnicodeDecodeError as error:
        raise RefusedError(
            ErrorCode.SYNTAX_ERROR, f"The statement is no UTF-8 at byte {error.start}"
        ) from error
