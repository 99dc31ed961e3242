"""The embedded log: a durable partitioned log in one SQLite file, and a Faust transport on it."""

from pipeline.transport.sqlite._catalog import TopicSpec
from pipeline.transport.sqlite._errors import (
    LogClosedError,
    LogError,
    LogLockedError,
    LogWriteError,
    TopicError,
)
from pipeline.transport.sqlite._log import SqliteLog
from pipeline.transport.sqlite._transaction import Position, Transaction
from pipeline.transport.sqlite._transport import Transport

__all__ = [
    "LogClosedError",
    "LogError",
    "LogLockedError",
    "LogWriteError",
    "Position",
    "SqliteLog",
    "TopicError",
    "TopicSpec",
    "Transaction",
    "Transport",
]
