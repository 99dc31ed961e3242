"""Bring a decision about a campaign to the system that it is for."""

from __future__ import annotations

import asyncio
import os
import time
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Final
from uuid import uuid4

import msgspec

from pipeline.cli._cluster import cluster_log
from pipeline.cli._installation import Installation
from pipeline.cli._known_campaigns import check_campaign
from pipeline.cli._loading import now
from pipeline.cli._processing import RUN_SETTINGS, process
from pipeline.cli._reading import HOST_VARIABLE, address_in, existing, served
from pipeline.embedded import DataDirectory, DirectoryInUseError, Endpoint, running_system
from pipeline.outputs import pause_outputs
from pipeline.pauses import Decided, Decision
from pipeline.topics import Topic
from pipeline.transport.sqlite import Transaction
from pipeline.web import LOOPBACK, Problem

_PATIENCE_SECONDS: Final = 10.0
"""How long to wait for a process that has the folder and takes no decisions, as short commands."""
_LOOK_EVERY: Final = 0.05
_ANSWER_SECONDS: Final = 120


class UndecidedError(Exception):
    """A decision did not come through; the message says why and what to do."""


def decide(installation: Installation, data: Path | None, decision: Decision) -> Decided:
    """Let a decision hold from now on, and return the fact; blocks until it is durable.

    With a folder, of the system in there, which is run here until all is processed if nothing
    runs on it; without one, of the cluster in the environment. Raises UnknownCampaignError,
    UndecidedError, NoSystemError and clickhouse_driver's own errors. Ends the command where the
    cluster fails it.
    """
    if data is None:
        return _in_cluster(installation, decision)
    directory = existing(data)
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        endpoint = directory.endpoint()
        address = served(directory)
        if endpoint is not None and endpoint.web_port is not None and address is not None:
            check_campaign(address, decision)
            return _sent(endpoint, endpoint.web_port, decision)
        try:
            return asyncio.run(_in_folder(installation, directory, decision))
        except DirectoryInUseError as error:
            if time.monotonic() > deadline:
                raise UndecidedError(f"{error}; or wait until it has ended") from None
        time.sleep(_LOOK_EVERY)


async def _in_folder(
    installation: Installation, directory: DataDirectory, decision: Decision
) -> Decided:
    async with running_system(directory, installation.make_app, RUN_SETTINGS) as system:
        await process(installation, system)
        await asyncio.to_thread(check_campaign, system.warehouse, decision)
        pause = decision.made_at(now())
        partitions = await asyncio.to_thread(system.log.partition_count, Topic.PAUSES)
        await system.log.write(Transaction(outputs=pause_outputs(pause, partitions)))
        await process(installation, system)
        return Decided.of(pause)


def _in_cluster(installation: Installation, decision: Decision) -> Decided:
    with cluster_log(installation, f"outreach-pause-{uuid4()}") as log:
        if os.environ.get(HOST_VARIABLE):
            check_campaign(address_in(os.environ), decision)
        else:
            installation.messages.print(
                f"Whether there is such a campaign nobody could look up: {HOST_VARIABLE} names no "
                "ClickHouse server."
            )
        pause = decision.made_at(now())
        outputs = pause_outputs(pause, log.partition_count(Topic.PAUSES))
        log.submit(Transaction(outputs=outputs)).result()
        return Decided.of(pause)


def _sent(endpoint: Endpoint, port: int, decision: Decision) -> Decided:
    connection = HTTPConnection(LOOPBACK, port, timeout=_ANSWER_SECONDS)
    headers = {"Authorization": f"Bearer {endpoint.secret}"}
    with closing(connection):
        try:
            connection.request("POST", "/v1/pauses", msgspec.json.encode(decision), headers)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != HTTPStatus.OK:
                raise UndecidedError(msgspec.json.decode(body, type=Problem).error)
            return msgspec.json.decode(body, type=Decided)
        except (OSError, HTTPException, msgspec.DecodeError) as error:
            raise UndecidedError(
                f"The connection to process {endpoint.pid} broke off "
                f"({error or type(error).__name__}). Say it again: it does no harm twice."
            ) from None
