"""`GET /health` and `GET /metrics` of a worker."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import Protocol

import msgspec
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from pipeline.monitoring._health import Health, State

_NOT_KEPT = {"Cache-Control": "no-store"}


class Watched(Protocol):
    """What is asked for its health; from any thread."""

    @property
    def registry(self) -> CollectorRegistry:
        """Its numbers."""
        ...

    def health(self, now: float) -> Health:
        """Return its health as of `now`, in seconds since 1970 (UTC)."""
        ...


def pages(watched: Watched) -> web.Application:
    """Return the application with both; they answer everybody, and hold no text of a message."""

    async def give_health(_: web.Request) -> web.Response:
        health = watched.health(time.time())
        body = msgspec.json.format(msgspec.json.encode(health), indent=2) + b"\n"
        well = health.state is not State.STUCK
        return web.Response(
            status=HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE,
            body=body,
            content_type="application/json",
            headers=_NOT_KEPT,
        )

    async def give_metrics(_: web.Request) -> web.Response:
        return metrics_answer(watched.registry)

    application = web.Application()
    application.add_routes([web.get("/health", give_health), web.get("/metrics", give_metrics)])
    return application


def metrics_answer(registry: CollectorRegistry) -> web.Response:
    """Return an answer with all numbers, in Prometheus's text format."""
    headers = {**_NOT_KEPT, "Content-Type": CONTENT_TYPE_LATEST}
    return web.Response(body=generate_latest(registry), headers=headers)
