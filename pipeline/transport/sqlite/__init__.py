"""The embedded log: a durable partitioned log in one SQLite file, and a Faust transport on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
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


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any attribute of a module
    """Import the transport when Faust asks for it: Faust takes half a second to import."""
    if name == "Transport":
        from pipeline.transport.sqlite._transport import Transport  # noqa: PLC0415 - see above

        return Transport
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
