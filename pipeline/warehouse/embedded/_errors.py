"""What can go wrong, by how far it reaches: one query, one connection, or the whole server."""

from __future__ import annotations

import re
from enum import IntEnum

_CODED = re.compile(r"Code: (\d+)\. (DB::Exception: .*)", re.DOTALL)


class ErrorCode(IntEnum):
    """ClickHouse's own numbers for the errors that this server raises itself.

    Source: `src/Common/ErrorCodes.cpp` in ClickHouse.
    """

    NO_SUCH_COLUMN_IN_TABLE = 16
    CHECKSUM_DOESNT_MATCH = 40
    NOT_IMPLEMENTED = 48
    UNKNOWN_TYPE = 50
    SYNTAX_ERROR = 62
    UNKNOWN_TYPE_OF_QUERY = 78
    UNKNOWN_COMPRESSION_METHOD = 89
    UNEXPECTED_PACKET_FROM_CLIENT = 101
    UNKNOWN_SETTING = 115
    INCORRECT_DATA = 117
    INTO_OUTFILE_NOT_ALLOWED = 167
    TOO_LARGE_SIZE_COMPRESSED = 298
    QUERY_WAS_CANCELLED = 394
    AUTHENTICATION_FAILED = 516
    UNKNOWN_EXCEPTION = 1002


class EngineBusy(RuntimeError):  # noqa: N818 (a state of the directory, not a defect)
    """The directory cannot be opened here now: it, or this process's engine, is taken."""


class RefusedError(Exception):
    """One query cannot be done; the client is told, and the conversation goes on.

    `message` is what the client sees, with ClickHouse's own prefix.
    """

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message if message.startswith("DB::") else f"DB::Exception: {message}"


class MalformedError(RefusedError):
    """The bytes of a client make no sense; it is told, and its connection is closed."""

    def __init__(self, message: str, code: int = ErrorCode.INCORRECT_DATA) -> None:
        super().__init__(code, message)


class HungUpError(Exception):
    """The other side closed the connection."""


def refusal_from_engine(error: Exception) -> RefusedError:
    """Return what a client should be told of an exception that the engine raised.

    >>> refusal_from_engine(RuntimeError("Code: 60. DB::Exception: No table x. (UNKNOWN_TABLE)"))
    RefusedError('DB::Exception: No table x. (UNKNOWN_TABLE)')
    """
    if coded := _CODED.search(str(error)):
        return RefusedError(int(coded[1]), coded[2])
    return RefusedError(ErrorCode.UNKNOWN_EXCEPTION, f"{type(error).__name__}: {error}")
