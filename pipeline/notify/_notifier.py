"""What a notifier is."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

from aiohttp import ClientSession

from pipeline.alerts import Notice


class DeliveryError(Exception):
    """A notice was not taken; the text says why, and holds no secret."""

    def __init__(self, reason: str, *, retry: bool = True, after: float = 0.0) -> None:
        """`retry` is False when the receiver will never take this notice as it is.

        `after` is how many seconds the receiver asks us to wait.
        """
        self.reason = reason
        self.retry = retry
        self.after = after
        super().__init__(reason)


class Notifier(Protocol):
    """One way to reach people."""

    @property
    def repeat_seconds(self) -> float | None:
        """How often it wants to be told of each alert that is open; None: once is enough."""
        ...

    async def deliver(self, notice: Notice) -> None:
        """Hand a notice over; return when the receiver has taken it.

        Ends within the notifier's own time limit. Raises DeliveryError, and nothing else, when the
        notice was not taken, or nobody knows; told again, it bears the same key.
        """
        ...


class Surroundings(NamedTuple):
    """What notifiers share."""

    session: ClientSession
    now: Callable[[], float]
    """Return the seconds since 1970."""
