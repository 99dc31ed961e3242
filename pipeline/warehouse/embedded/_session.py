"""One session of the engine in this process: its database, settings and temporary tables."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path

from pipeline.warehouse._quoting import quoted
from pipeline.warehouse.embedded._blocks import Column
from pipeline.warehouse.embedded._engine import open_engine
from pipeline.warehouse.embedded._errors import ErrorCode, RefusedError, refusal_from_engine
from pipeline.warehouse.embedded._inserts import ClientInsert
from pipeline.warehouse.embedded._rows_file import RowsFile

_DESCRIBED_PLAINLY = "SETTINGS describe_compact_output = 0, describe_include_subcolumns = 0"


class Session:
    """A session on a directory, for one thread at a time; its queries release the interpreter.

    Sessions of one process share the engine, which starts with the first on a directory and ends
    with the last. `label` marks the session's queries, so that another session can kill them. What
    the engine refuses is raised as RefusedError with ClickHouse's code, except at the start: there
    it is EngineBusy if the directory or the engine is taken, and RuntimeError otherwise.
    """

    def __init__(self, directory: Path, label: str) -> None:
        self._chdb = open_engine(directory)
        self.run(f"SET implicit_select = 0, log_comment = {quoted(label)}")

    def close(self) -> None:
        """End the session; idempotent."""
        self._chdb.close()

    def run(self, sql: str) -> bytes:
        """Run a statement and return its rows as Native blocks, all at once."""
        return self._query(sql, "Native")

    def stream(self, sql: str) -> Generator[bytes, None, None]:
        """Run a query and yield its rows, one Native block at a time, as fast as they are taken.

        Closing the iterator ends the query.
        """
        try:
            result = self._chdb.send_query(sql, "Native")
        except RuntimeError as error:
            raise refusal_from_engine(error) from error
        try:
            for chunk in result:
                yield chunk.bytes()
        except RuntimeError as error:
            raise refusal_from_engine(error) from error
        finally:
            result.close()

    def rows(self, sql: str) -> list[list[str]]:
        """Run a query and return its rows as text."""
        answer = json.loads(self._query(sql, "JSONCompactStrings"))
        rows: list[list[str]] = answer["data"]
        return rows

    def columns(self, sql: str) -> tuple[Column, ...]:
        """Run a query that returns no rows, and return the columns that they would have."""
        answer = json.loads(self._query(sql, "JSONCompactStrings"))
        return tuple(Column(column["name"], column["type"]) for column in answer["meta"])

    def columns_of_select(self, sql: str) -> tuple[Column, ...]:
        """Return the columns of a SELECT without running it."""
        return tuple(Column(row[0], row[1]) for row in self.rows(f"DESCRIBE TABLE (\n{sql}\n)"))

    def columns_to_insert(self, insert: ClientInsert) -> tuple[Column, ...]:
        """Return the columns that the client is to send for an INSERT."""
        described = self.rows(f"DESCRIBE TABLE {insert.table} {_DESCRIBED_PLAINLY}")
        if insert.columns is None:
            computed = {"MATERIALIZED", "ALIAS", "EPHEMERAL"}
            return tuple(Column(row[0], row[1]) for row in described if row[2] not in computed)
        types = {row[0]: row[1] for row in described}
        for name in insert.columns:
            if name not in types:
                raise RefusedError(
                    ErrorCode.NO_SUCH_COLUMN_IN_TABLE,
                    f"No such column {name} in table {insert.table}",
                )
        return tuple(Column(name, types[name]) for name in insert.columns)

    def insert(self, insert: ClientInsert, rows: RowsFile) -> None:
        """Write these rows, in one INSERT of the engine.

        They pass through a file: chDB's own way in loses errors (a violated constraint is reported
        as rows written), and a statement with many rows inside is refused.
        """
        if not rows.is_empty:
            self.run(
                f"{insert.head} FROM INFILE {quoted(rows.path)} {insert.settings} FORMAT Native"
            )

    def kill_queries_of(self, label: str) -> None:
        """Ask the engine to end every query of the sessions of this label; does not wait."""
        self.run(f"KILL QUERY WHERE Settings['log_comment'] = {quoted(label)}")

    def _query(self, sql: str, output_format: str) -> bytes:
        try:
            return self._chdb.query(sql, output_format).bytes()
        except RuntimeError as error:
            raise refusal_from_engine(error) from error
