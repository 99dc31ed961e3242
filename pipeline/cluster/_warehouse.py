"""What a worker wants of the warehouse before it begins."""

from __future__ import annotations

import logging

from clickhouse_driver.errors import Error as DriverError
from clickhouse_driver.errors import ServerException

from pipeline.warehouse import Address, migrations
from pipeline.warehouse._quoting import quoted_name

_UNKNOWN_TABLE, _UNKNOWN_DATABASE = 60, 81

_log = logging.getLogger(__name__)


class SchemaError(Exception):
    """The warehouse lacks tables that this version writes; the message says what to do."""


def check_schema(address: Address) -> None:
    """Make sure that the warehouse has had every migration; raises SchemaError if not.

    One that is away passes, with a warning: agents wait for it. Blocks for the server.
    """
    try:
        done = _done(address)
    except (DriverError, EOFError, OSError) as error:
        _log.warning("The warehouse does not answer, and is waited for: %s", error)
        return
    missing = [migration.name for migration in migrations(address) if migration.name not in done]
    if missing:
        raise SchemaError(
            f"ClickHouse at {address.host}:{address.port} has not had {', '.join(missing)}: run "
            "`outreach migrate`"
        )


def _done(address: Address) -> set[str]:
    client = address.connect()
    try:
        table = f"{quoted_name(address.facts)}.migrations"
        return {name for (name,) in client.execute(f"SELECT name FROM {table}")}  # noqa: S608 - quoted
    except ServerException as error:
        if error.code in {_UNKNOWN_TABLE, _UNKNOWN_DATABASE}:
            return set()
        raise
    finally:
        client.disconnect()
