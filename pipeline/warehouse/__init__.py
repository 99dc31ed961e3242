"""The warehouse: facts and aggregates in ClickHouse, behind views that are exact at any moment."""

from pipeline.warehouse._connection import Address
from pipeline.warehouse._errors import (
    MigrationError,
    RefusedRowsError,
    UnknownOutcomeError,
    WarehouseError,
)
from pipeline.warehouse._migrations import migrate, migrations
from pipeline.warehouse._pending import PendingRows
from pipeline.warehouse._writer import Writer

__all__ = [
    "Address",
    "MigrationError",
    "PendingRows",
    "RefusedRowsError",
    "UnknownOutcomeError",
    "WarehouseError",
    "Writer",
    "migrate",
    "migrations",
]
