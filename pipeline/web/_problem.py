"""What went wrong with a request, in words for who sent it."""

from __future__ import annotations

from http import HTTPStatus

import msgspec


class Problem(msgspec.Struct, frozen=True):
    """The JSON of every answer that is an error."""

    error: str
    """What was wrong, and what to do."""


class ProblemError(Exception):
    """Ends a request with this status and message."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
