"""An answer that costs something, given to all who ask for it at about the same time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")

_SHARE = 4
"""An answer is kept at least so many times as long as it took: asking is a fifth of all time."""


class Recent(Generic[T]):
    """Asks once for all who want to know meanwhile, and keeps the answer for `seconds`.

    What asking raises is shared and kept in the same way.
    """

    def __init__(self, ask: Callable[[], Awaitable[T]], seconds: float) -> None:
        self._ask = ask
        self._seconds = seconds
        self._asking: asyncio.Task[T] | None = None
        self._fresh_until = 0.0

    async def get(self) -> T:
        """Return the answer; raises what asking raised."""
        asking = self._asking
        if asking is None or (asking.done() and _now() >= self._fresh_until):
            asking = self._asking = asyncio.create_task(self._timed())
        # Who asked first may leave: the others still want to know.
        return await asyncio.shield(asking)

    async def close(self) -> None:
        """Ask no longer, if that is going on."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.wait({self._asking})

    async def _timed(self) -> T:
        begun = _now()
        try:
            return await self._ask()
        finally:
            ended = _now()
            self._fresh_until = ended + max(self._seconds, _SHARE * (ended - begun))


def _now() -> float:
    return asyncio.get_running_loop().time()
