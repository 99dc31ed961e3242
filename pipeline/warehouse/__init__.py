"""The warehouse: facts and aggregates in ClickHouse, behind views that are exact at any moment."""

from pipeline.warehouse._connection import Address
from pipeline.warehouse._contents import Fingerprint, empty_tables, fingerprints
from pipeline.warehouse._errors import (
    MigrationError,
    RefusedRowsError,
    UnknownOutcomeError,
    WarehouseError,
)
from pipeline.warehouse._migrations import migrate, migrations, preparation
from pipeline.warehouse._pending import PendingRows
from pipeline.warehouse._reconcile import CellDifference, reconcile
from pipeline.warehouse._writer import Writer

__all__ = [
    "Address",
    "CellDifference",
    "Fingerprint",
    "MigrationError",
    "PendingRows",
    "RefusedRowsError",
    "UnknownOutcomeError",
    "WarehouseError",
    "Writer",
    "empty_tables",
    "fingerprints",
    "migrate",
    "migrations",
    "preparation",
    "reconcile",
]
