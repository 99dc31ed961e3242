"""What may be read: `GET /`, `GET /v1/report`, `GET /health` and `GET /metrics`."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus

from aiohttp import web

from pipeline.monitoring import metrics_answer
from pipeline.web._answers import json_answer
from pipeline.web._health import Status
from pipeline.web._served import SERVED
from pipeline.web.page import Moment, render_report


async def show_page(request: web.Request) -> web.Response:
    """Answer with the report as a page; `workspace` and `campaign` limit it."""
    served = request.app[SERVED]
    report = await served.reports.read(**_scope(request))
    moment = Moment(datetime.now(UTC), served.system.lag, served.system.is_running)
    return web.Response(text=render_report(report, moment), content_type="text/html")


async def give_report(request: web.Request) -> web.Response:
    """Answer with the report as JSON; `workspace` and `campaign` limit it."""
    return json_answer(await request.app[SERVED].reports.read(**_scope(request)))


async def give_health(request: web.Request) -> web.Response:
    """Answer with 200 while all is well, else with 503."""
    health = await request.app[SERVED].health.check()
    well = health.status == Status.OK
    return json_answer(health, HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE)


async def give_metrics(request: web.Request) -> web.Response:
    """Answer with the numbers that Prometheus collects."""
    return metrics_answer(request.app[SERVED].system.monitor.metrics.registry)


def _scope(request: web.Request) -> dict[str, str | None]:
    """Return what the report is limited to; an empty campaign is one, that of touches without."""
    return {name: request.query.get(name) for name in ("workspace", "campaign")}
