"""What the handlers work with."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from aiohttp import web

from pipeline.embedded import EmbeddedSystem
from pipeline.web._door import Door
from pipeline.web._health import HealthCheck
from pipeline.web._reports import Reports


@dataclass(frozen=True, slots=True)
class Served:
    """A system that is served."""

    system: EmbeddedSystem
    door: Door
    reports: Reports
    health: HealthCheck
    imports: ThreadPoolExecutor
    """For threads that wait for clients: they would hold up everything else on the loop's own."""
    names: frozenset[str]
    """The host names it goes by, beside localhost and addresses."""
    cookie: str
    """The name of the cookie: browsers send a cookie to every port of a host."""


SERVED = web.AppKey("served", Served)
