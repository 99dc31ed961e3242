"""Rows that wait for the warehouse."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.warehouse._writer import Writer
from pipeline.warehouse.tables import Record, Row, Table


class PendingRows:
    """Rows of several tables that are written together."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[Table, list[Row]]] = {}
        self.count = 0

    def add(self, tables: Iterable[Table], record: Record, version: int) -> None:
        """Add a record's rows of each table; of two rows with one key the greater version holds.

        Raises DecodeError, and then adds none, for a record that does not give them all.
        """
        added = [(table, [*table.rows(record, version)]) for table in tables]
        for table, rows in added:
            self._rows.setdefault(table.name, (table, []))[1].extend(rows)
            self.count += len(rows)

    def write(self, writer: Writer) -> None:
        """Write all rows; what `Writer.write` raises leaves some written, and all may be again."""
        for table, rows in self._rows.values():
            writer.write(table, rows)
