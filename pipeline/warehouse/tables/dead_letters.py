"""Events that could not be used."""

from __future__ import annotations

from operator import itemgetter

from pipeline.warehouse.tables._ranges import range_check
from pipeline.warehouse.tables._table import Record, Row, Table

_COLUMNS = (
    "dead_letter_id",
    "topic",
    "partition",
    "offset",
    "source",
    "line",
    "field",
    "reason",
    "payload",
    "at",
    "replayed_at",
)
_pick, _checked = itemgetter(*_COLUMNS), range_check(_COLUMNS)


def _rows(record: Record, version: int) -> tuple[Row]:
    return ((*_checked(_pick(record)), record["replayed_at"] is not None, version),)


TABLE = Table("dead_letters", (*_COLUMNS, "replayed"), _rows)
