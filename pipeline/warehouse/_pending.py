"""Rows that wait for the warehouse."""

from __future__ import annotations

from collections import defaultdict

from pipeline.topics import Topic
from pipeline.warehouse._writer import Writer
from pipeline.warehouse.tables import TABLES, Record, Row


class PendingRows:
    """Rows of several tables that are written together, in a fixed order of tables."""

    def __init__(self) -> None:
        self._rows: dict[Topic, tuple[list[Row], ...]] = defaultdict(lambda: ([], []))
        self.count = 0

    def add(self, topic: Topic, record: Record, version: int) -> None:
        """Add the rows of a decoded record; of two rows with one key the greater version holds."""
        for table, rows in zip(TABLES[topic], self._rows[topic], strict=False):
            before = len(rows)
            rows.extend(table.rows(record, version))
            self.count += len(rows) - before

    def write(self, writer: Writer) -> None:
        """Write all rows; what `Writer.write` raises leaves some written, and all may be again."""
        for topic, all_rows in self._rows.items():
            for table, rows in zip(TABLES[topic], all_rows, strict=False):
                writer.write(table, rows)
