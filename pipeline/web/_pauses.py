"""`POST /v1/pauses`: pause a campaign, or let it go on."""

from __future__ import annotations

import asyncio
import time
from http import HTTPStatus

from aiohttp import web

from pipeline.events import Milliseconds
from pipeline.outputs import pause_outputs
from pipeline.pauses import Decided, DecisionError, Pause, read_decision
from pipeline.topics import Topic
from pipeline.transport.sqlite import SqliteLog, Transaction
from pipeline.web._answers import json_answer
from pipeline.web._problem import ProblemError
from pipeline.web._served import SERVED


async def decide_pause(request: web.Request) -> web.Response:
    """Put a decision into the log, and answer with the fact that it is from now on.

    Whether there is such a campaign is not looked at: it may be paused before its first message.
    """
    try:
        decision = read_decision(await request.read())
    except DecisionError as error:
        raise ProblemError(
            HTTPStatus.BAD_REQUEST,
            f'{error}. Send JSON such as {{"campaign_id": "spring", "paused": true}}, with '
            "`workspace`, `name` and `reasons` where you like.",
        ) from None
    pause = decision.made_at(Milliseconds(time.time_ns() // 1_000_000))
    await asyncio.to_thread(_write, request.app[SERVED].system.log, pause)
    return json_answer(Decided.of(pause))


def _write(log: SqliteLog, pause: Pause) -> None:
    outputs = pause_outputs(pause, log.partition_count(Topic.PAUSES))
    log.submit(Transaction(outputs=outputs)).result()
