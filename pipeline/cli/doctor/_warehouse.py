"""Examine a warehouse: whether it answers, has every migration, and its views work."""

from __future__ import annotations

from collections.abc import Iterator

from clickhouse_driver import Client
from clickhouse_driver.errors import Error as DriverError
from clickhouse_driver.errors import ServerException

from pipeline.cli._reading import explain
from pipeline.cli.doctor._finding import Finding, sound, wrong
from pipeline.report import views
from pipeline.warehouse import Address, migrations

_MIGRATE = "Run `outreach migrate`; an embedded system does so itself when it is opened."
_OTHER_VERSION = "Install the version of the product that last migrated this database."


def examine_warehouse(address: Address) -> Iterator[Finding]:
    """Yield what there is to say of the warehouse at an address."""
    try:
        with views(address) as client:
            ((version,),) = client.execute("SELECT version()")
            yield sound("Warehouse", f"ClickHouse {version} at {address.host}:{address.port}")
            yield _migrations(client, address)
            yield from _views(client, address)
    except ServerException as error:
        yield wrong("Warehouse", explain(error), _MIGRATE)
    except (DriverError, EOFError, OSError) as error:
        advice = "Start it, or correct the OUTREACH_CLICKHOUSE_… variables."
        yield wrong("Warehouse", explain(error), advice)


def _migrations(client: Client, address: Address) -> Finding:
    table = f"`{address.facts}`.migrations"
    done = dict(client.execute(f"SELECT number, digest FROM {table}"))  # noqa: S608 - our own name
    known = {migration.number: migration for migration in migrations(address)}
    changed = [
        one.name for number, one in known.items() if done.get(number, one.digest) != one.digest
    ]
    missing = [one.name for number, one in known.items() if number not in done]
    if later := done.keys() - known.keys():
        found = f"{len(later)} of a later version"
        return wrong("Migrations", found, _OTHER_VERSION)
    if changed:
        return wrong("Migrations", f"{', '.join(changed)} ran as other files", _OTHER_VERSION)
    if missing:
        return wrong("Migrations", f"{', '.join(missing)} missing", _MIGRATE)
    return sound("Migrations", f"all {len(known)} have run")


def _views(client: Client, address: Address) -> Iterator[Finding]:
    names = [
        name
        for (name,) in client.execute(
            "SELECT name FROM system.tables WHERE database = %(database)s AND engine = 'View' "
            "ORDER BY name",
            {"database": address.database},
        )
    ]
    counts = []
    for name in names:
        try:
            ((rows,),) = client.execute(f"SELECT count() FROM `{name}`")  # noqa: S608 - a view's name
            counts.append(f"{name} {rows:,}")
        except ServerException as error:
            yield wrong(f"View {name}", explain(error), _OTHER_VERSION)
    yield (
        sound("Views", ", ".join(counts)) if counts else wrong("Views", "there are none", _MIGRATE)
    )
