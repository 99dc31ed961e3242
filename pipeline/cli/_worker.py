"""`outreach worker`: one worker of a cluster."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli._alert_settings import alert_settings_in, who_is_told
from pipeline.cli._cluster import explained, settings_in_environment
from pipeline.cli._examples import examples
from pipeline.cli._installation import Exit, Installation
from pipeline.cli._lexicons import lexicons_in
from pipeline.cli._options import AlertsOption, LexiconsOption, PolicyOption
from pipeline.cli._reading import NoSystemError, address_in
from pipeline.cli._stopping import first, told_to_stop
from pipeline.cli._supervision import MonitoringPortError, supervision
from pipeline.cluster import (
    ClusterSettings,
    SchemaError,
    StateDirectoryInUseError,
    Worker,
    WorkerFailedError,
    running_worker,
)
from pipeline.judging import Lexicons
from pipeline.monitoring import Supervision
from pipeline.notify import AlertSettings, AlertSettingsError
from pipeline.policy import Policy, PolicyError, load
from pipeline.signals import AdditionsError
from pipeline.warehouse import Address

DrainOption = Annotated[
    bool,
    typer.Option(
        "--until-drained",
        help="End once all workers together have processed everything, and it is in the warehouse.",
    ),
]
_TELL_EVERY = 30.0
_log = logging.getLogger(__name__)


@examples(
    "OUTREACH_KAFKA=kafka:9092 OUTREACH_CLICKHOUSE_HOST=db.example outreach worker",
    "outreach worker --until-drained",
)
def worker(
    context: typer.Context,
    *,
    policy: PolicyOption = None,
    alerts: AlertsOption = None,
    lexicons: LexiconsOption = None,
    until_drained: DrainOption = False,
) -> None:
    """Run one worker of the Kafka cluster that the environment names.

    As many may run as one likes; they share the partitions. Stops at Ctrl-C or SIGTERM. Nothing is
    lost however it ends, and it, or another, goes on where it stopped. One that stands still
    while there is work for it ends itself, with status 3.
    """
    installation = Installation.of(context)
    settings = settings_in_environment(installation)
    logging.basicConfig(
        stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s"
    )
    for chatterbox in ("aiokafka", "mode.timers"):
        logging.getLogger(chatterbox).setLevel(logging.WARNING)
    try:
        warehouse = address_in(os.environ)
        chosen = None if policy is None else load(policy)
        told = alert_settings_in(alerts), lexicons_in(lexicons)
        with explained(installation), supervision(settings) as watch:
            asyncio.run(
                _work(
                    installation, settings, warehouse, watch, (chosen, policy), told, until_drained
                )
            )
    except (
        NoSystemError,
        PolicyError,
        AlertSettingsError,
        AdditionsError,
        StateDirectoryInUseError,
        MonitoringPortError,
    ) as error:
        raise installation.fail(str(error)) from None
    except WorkerFailedError as error:
        stack = "".join(traceback.format_exception(error.__cause__))
        installation.messages.print(stack, markup=False, highlight=False, soft_wrap=True)
        raise installation.fail(str(error), Exit.PROBLEMS) from None
    except SchemaError as error:
        raise installation.fail(str(error), Exit.PROBLEMS) from None


async def _work(  # noqa: PLR0913, PLR0917 - what the command was given
    installation: Installation,
    settings: ClusterSettings,
    warehouse: Address,
    watch: Supervision,
    policy: tuple[Policy | None, Path | None],
    alerts_and_lexicons: tuple[AlertSettings | None, Lexicons],
    until_drained: bool,  # noqa: FBT001 - as it was given
) -> None:
    chosen, path = policy
    alerts, lexicons = alerts_and_lexicons
    with told_to_stop() as told:
        async with running_worker(
            installation.make_app,
            settings,
            warehouse,
            watch,
            policy=chosen,
            policy_source=None if path is None else str(path),
            alerts=alerts,
            lexicons=lexicons,
        ) as started:
            _log.info("Working, with %d partitions. Ctrl-C stops it.", started.partitions)
            _log.info("Of alerts: %s.", who_is_told(alerts))
            ends = [told.wait(), started.stopped(), _tell(started)]
            if until_drained:
                ends.append(started.backlog.drained())
            await first(*ends)
            _log.info("Stopping.")


async def _tell(worker: Worker) -> None:
    """Say from time to time how far all workers are, while there is something to say."""
    told = None
    while True:
        now = worker.partitions, await worker.backlog.size()
        if now != told and now[1] is not None:
            _log.info("%d partitions here; %d offsets left for all workers", *now)
        told = now
        await asyncio.sleep(_TELL_EVERY)
