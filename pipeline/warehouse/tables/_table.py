"""What a table of facts is: its columns, and the rows that a record of a topic gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from pipeline.avro import open_text
from pipeline.warehouse.tables._ranges import range_check

Record = dict[str, Any]
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of facts whose rows replace each other by version."""

    name: str
    columns: tuple[str, ...]
    """All columns but the last one, `version`."""
    rows: Callable[[Record, int], Iterable[Row]]
    """Return the rows of a decoded record; the number is their version, the last column.

    Raises DecodeError for a record that gives none: sealed, or with a number out of range.
    """


def of_records(name: str, columns: tuple[str, ...]) -> Table:
    """Return a table that takes one row of each record, its columns named as the fields."""
    pick, checked = itemgetter(*columns), range_check(columns)
    with_body = "body" in columns

    def rows(record: Record, version: int) -> tuple[Row]:
        if with_body:
            record["body"] = open_text(record["body"], field="body")
        return ((*checked(pick(record)), version),)

    return Table(name, columns, rows)


def of_items(name: str, array: str, columns: tuple[str, ...]) -> Table:
    """Return a table that takes a row of each item of an array of the record.

    The columns of the record itself come first: workspace, platform and account.
    """
    pick, checked = itemgetter(*columns), range_check(columns)

    def rows(record: Record, version: int) -> list[Row]:
        account = record["workspace"], record["platform"], record["account_id"]
        return [(*account, *checked(pick(item)), version) for item in record[array]]

    return Table(name, ("workspace", "platform", "account_id", *columns), rows)
