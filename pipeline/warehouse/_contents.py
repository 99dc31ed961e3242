"""What the tables hold as a whole: to empty them, and to tell one content from another."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.warehouse._connection import Address
from pipeline.warehouse._layout import check_layout, layout_of
from pipeline.warehouse._quoting import quoted_name

_ON_ALL_REPLICAS = {"alter_sync": 2}
"""A replica that lags would still show old rows."""


class Fingerprint(NamedTuple):
    """What tells the content of a view from another content, in whatever order its rows come."""

    rows: int
    digest: int


def empty_tables(address: Address) -> None:
    """Remove all rows of all tables of facts; what was migrated stays migrated.

    Blocks for the server, and for every replica of a cluster. Raises MigrationError if the address
    names a cluster and the tables lie on one server, or the other way round.
    """
    client = address.connect()
    try:
        check_layout(client, address)
        on_cluster = layout_of(address).on_cluster
        tables = client.execute(
            "SELECT name FROM system.tables WHERE database = %(facts)s AND name != 'migrations' "
            "AND engine != 'Distributed'",
            {"facts": address.facts},
        )
        for (name,) in tables:
            client.execute(
                f"TRUNCATE TABLE {quoted_name(address.facts)}.{quoted_name(name)}{on_cluster}",
                settings=_ON_ALL_REPLICAS,
            )
    finally:
        client.disconnect()


def fingerprints(address: Address) -> dict[str, Fingerprint]:
    """Return the fingerprint of every view. Blocks for the server, which reads everything."""
    client = address.connect()
    try:
        views = client.execute(
            "SELECT name FROM system.tables WHERE database = %(views)s AND engine = 'View' "
            "ORDER BY name",
            {"views": address.database},
        )
        found = {}
        for (name,) in views:
            view = f"{quoted_name(address.database)}.{quoted_name(name)}"
            # As text NULL is told from every value, which hashing the columns does not do.
            ((rows, digest),) = client.execute(
                f"SELECT count(), sum(cityHash64(toString(tuple(*)))) FROM {view}"  # noqa: S608 - quoted
            )
            found[name] = Fingerprint(rows, digest)
        return found
    finally:
        client.disconnect()
