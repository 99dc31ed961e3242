"""`outreach migrate`: bring a ClickHouse server to the schema that this version uses."""

from __future__ import annotations

import os
from typing import Annotated

import typer
from clickhouse_driver.errors import Error as DriverError

from pipeline.cli._examples import examples
from pipeline.cli._installation import Exit, Installation
from pipeline.cli._reading import NoSystemError, address_in, explain
from pipeline.warehouse import Address, WarehouseError, migrations
from pipeline.warehouse import migrate as run_migrations

DryRunOption = Annotated[
    bool,
    typer.Option("--dry-run", help="Print the SQL of every migration, and ask no server anything."),
]


@examples(
    "OUTREACH_CLICKHOUSE_HOST=db.example outreach migrate",
    "OUTREACH_CLICKHOUSE_HOST=db.example outreach migrate --dry-run",
)
def migrate(context: typer.Context, *, dry_run: DryRunOption = False) -> None:
    """Bring a ClickHouse server up to date.

    It is the one that the environment names. Each migration that it has not had is run and printed;
    may be run at any time. Embedded systems do this by themselves.
    """
    installation = Installation.of(context)
    try:
        address = address_in(os.environ)
    except NoSystemError as error:
        raise installation.fail(str(error)) from None
    if dry_run:
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
    typer.echo(f"-- Databases {address.database} and {address.facts} are made first.")
    for migration in migrations(address):
        typer.echo(f"\n-- {migration.name}")
        for statement in migration.statements:
            typer.echo(f"{statement};")
