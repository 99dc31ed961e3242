"""`outreach up`: everything in one process, until it is told to stop."""

from __future__ import annotations

import asyncio
import errno
import socket
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Annotated

import typer

from pipeline.cli._alert_settings import alert_settings_in
from pipeline.cli._examples import examples
from pipeline.cli._installation import Exit, Installation
from pipeline.cli._lexicons import lexicons_in
from pipeline.cli._options import AlertsOption, DataOption, LexiconsOption, PolicyOption
from pipeline.cli._service import AgentFailedError, Service
from pipeline.embedded import DataDirectory, DirectoryInUseError, Settings
from pipeline.notify import AlertSettingsError
from pipeline.policy import PolicyError, load
from pipeline.signals import AdditionsError
from pipeline.transport.sqlite import LogError
from pipeline.warehouse import WarehouseError
from pipeline.web import LOOPBACK, PortError, listening

HostOption = Annotated[
    str,
    typer.Option(
        "--host",
        metavar="ADDRESS",
        help="Where the web server listens beside 127.0.0.1; 0.0.0.0 for everywhere.",
    ),
]
PortOption = Annotated[
    int,
    typer.Option(
        "--port", metavar="N", min=0, max=65_535, help="Of the web server; 0 picks a free one."
    ),
]
WarehousePortOption = Annotated[
    int,
    typer.Option(
        "--warehouse-port",
        metavar="N",
        min=0,
        max=65_535,
        help="Of ClickHouse's native protocol, on 127.0.0.1; 0 picks a free one.",
    ),
]


@examples(
    "outreach up --data DIR",
    "outreach up --data DIR --policy policy.toml --alerts alerts.toml --port 9000",
)
def up(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    *,
    data: DataOption,
    policy: PolicyOption = None,
    alerts: AlertsOption = None,
    lexicons: LexiconsOption = None,
    host: HostOption = LOOPBACK,
    port: PortOption = 8080,
    warehouse_port: WarehousePortOption = 0,
) -> None:
    """Run everything in one process: log, agents, warehouse and web page.

    Stops at Ctrl-C or SIGTERM. Nothing is lost however it ends, and it goes on where it stopped.
    """
    installation = Installation.of(context)
    directory = DataDirectory(data)
    try:
        chosen = None if policy is None else load(policy)
        told = alert_settings_in(alerts)
        added = lexicons_in(lexicons)
        with _listening(directory, host, port) as sockets:
            settings = Settings(
                warehouse_port=warehouse_port,
                web_port=sockets[0].getsockname()[1],
                alerts=told,
                lexicons=added,
            )
            service = Service(installation, directory, settings, sockets, host)
            asyncio.run(service.run(chosen, policy))
    except (
        PolicyError,
        AlertSettingsError,
        AdditionsError,
        DirectoryInUseError,
        PortError,
    ) as error:
        raise installation.fail(str(error)) from None
    except AgentFailedError as error:
        stack = "".join(traceback.format_exception(error.__cause__))
        installation.messages.print(stack, markup=False, highlight=False, soft_wrap=True)
        raise installation.fail(str(error), Exit.PROBLEMS) from None
    except (WarehouseError, LogError, OSError, RuntimeError) as error:
        reason = str(error)
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            reason = f"port {warehouse_port} is taken; choose another with --warehouse-port N"
        raise installation.fail(f"{directory.path} cannot be served: {reason}") from None


@contextmanager
def _listening(directory: DataDirectory, host: str, port: int) -> Iterator[list[socket.socket]]:
    """Listen before anything is opened, so that a taken port costs nothing."""
    with ExitStack() as opened:
        try:
            sockets = opened.enter_context(listening(host, port))
        except PortError:
            # Who has the folder often has the port, too, and is the better thing to name.
            if directory.is_open:
                with directory.claim():
                    pass
            raise
        yield sockets
