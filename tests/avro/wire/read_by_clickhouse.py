"""Print what ClickHouse reads in files of Confluent messages: a row a line, as JSON.

Arguments: the URL of the schema registry, and the files. Runs with the engine that has all formats.
"""

from __future__ import annotations

import sys
from typing import Any

import chdb

_engine: Any = chdb


def main(registry: str, *paths: str) -> None:
    """Print the rows of the files in their order."""
    for path in paths:
        rows = _engine.query(
            f"SELECT * FROM file('{path}', AvroConfluent) "
            f"SETTINGS format_avro_schema_registry_url = '{registry}', session_timezone = 'UTC'",
            "JSONEachRow",
        )
        sys.stdout.write(str(rows))


if __name__ == "__main__":
    main(*sys.argv[1:])
