"""Reports that are never read twice at a time."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from functools import partial

from pipeline.report import Report, read_report
from pipeline.warehouse import Address
from pipeline.web._recent import Recent

_SECONDS = 1.0
_SCOPES = 32
"""So many scopes are remembered; then the one that was not asked for longest is forgotten."""


class Reports:
    """Reads reports of one warehouse, each scope's once for all who ask at about the same time."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._recent: OrderedDict[tuple[str | None, str | None], Recent[Report]] = OrderedDict()

    async def read(self, workspace: str | None = None, campaign: str | None = None) -> Report:
        """Return the report of everything, or of one workspace or campaign, as of a moment ago.

        Raises clickhouse_driver's own errors.
        """
        scope = (workspace, campaign)
        if scope not in self._recent:
            if len(self._recent) >= _SCOPES:
                self._recent.popitem(last=False)
            read = partial(read_report, self._address, workspace=workspace, campaign=campaign)
            self._recent[scope] = Recent(partial(asyncio.to_thread, read), _SECONDS)
        self._recent.move_to_end(scope)
        return await self._recent[scope].get()

    async def close(self) -> None:
        """Wait for nothing any more."""
        for recent in self._recent.values():
            await recent.close()
