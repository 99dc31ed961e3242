"""What can go wrong with the warehouse."""

from __future__ import annotations


class WarehouseError(Exception):
    """The warehouse cannot be used as it is; the message says what to do."""


class MigrationError(WarehouseError):
    """The server's schema is not one that this version knows."""


class UnknownOutcomeError(WarehouseError):
    """The connection broke, or the server did not answer: rows may or may not be written.

    Write the same rows with the same versions again.
    """


class RefusedRowsError(WarehouseError):
    """The server answered that it did not write the rows."""
