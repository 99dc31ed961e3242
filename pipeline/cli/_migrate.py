"""`outreach migrate`: bring a ClickHouse server or cluster to the schema that this version uses."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Annotated

import typer
from clickhouse_driver.errors import Error as DriverError

from pipeline.cli._examples import examples
from pipeline.cli._installation import Exit, Installation
from pipeline.cli._reading import HOST_VARIABLE, NoSystemError, address_in, explain
from pipeline.warehouse import Address, WarehouseError, migrations, preparation
from pipeline.warehouse import migrate as run_migrations

ClusterOption = Annotated[
    str,
    typer.Option(
        "--cluster",
        envvar="OUTREACH_CLICKHOUSE_CLUSTER",
        metavar="NAME",
        help="Spread the tables over the cluster that the server knows by this name; without it "
        "they are that one server's.",
        show_default=False,
    ),
]
PrintOption = Annotated[
    bool,
    typer.Option(
        "--print", "--dry-run", help="Print the SQL of every migration, and ask no server anything."
    ),
]
_NO_HOST = "nowhere"
"""Who only wants to read the SQL need name none."""


@examples(
    "OUTREACH_CLICKHOUSE_HOST=db.example outreach migrate",
    "OUTREACH_CLICKHOUSE_HOST=db.example outreach migrate --cluster main",
    "outreach migrate --cluster main --print",
)
def migrate(
    context: typer.Context, *, cluster: ClusterOption = "", print_only: PrintOption = False
) -> None:
    """Bring a ClickHouse server, or a cluster, up to date.

    It is the one that the environment names; any server of a cluster will do. Each migration that
    it has not had is run and printed; may be run at any time. Embedded systems do this by
    themselves.
    """
    installation = Installation.of(context)
    environment = {**os.environ, HOST_VARIABLE: _NO_HOST} if print_only else os.environ
    try:
        address = replace(address_in(environment), cluster=cluster)
    except NoSystemError as error:
        raise installation.fail(str(error)) from None
    if print_only:
        _print_sql(address)
        return
    try:
        run = run_migrations(address)
    except WarehouseError as error:
        raise installation.fail(str(error), Exit.PROBLEMS) from None
    except (DriverError, EOFError, OSError) as error:
        raise installation.fail(explain(error), Exit.PROBLEMS) from None
    for name in run:
        typer.echo(name)
    if not run:
        installation.messages.print("Nothing to do: the server has had every migration.")


def _print_sql(address: Address) -> None:
    for statement in preparation(address):
        typer.echo(f"{statement};")
    for migration in migrations(address):
        typer.echo(f"\n-- {migration.name}")
        for statement in migration.statements:
            typer.echo(f"{statement};")
