"""Waiting for the next change."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Literal


class Announcements:
    """Lets any number of tasks wait for the next change."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def announce(self) -> None:
        """Wake all who wait."""
        self._next.set()
        self._next = asyncio.Event()

    def wait(self) -> Awaitable[Literal[True]]:
        """Return what ends with the first announcement after this call."""
        return self._next.wait()
