"""The wire format of a worker, for as long as it works."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pipeline.avro.wire._confluent import Confluent
from pipeline.avro.wire._format import SINGLE_OBJECT, Wire
from pipeline.avro.wire._registry_settings import RegistrySettings
from pipeline.avro.wire._schema_registry import SchemaRegistry
from pipeline.avro.wire._subjects import register_schemas

_log = logging.getLogger(__name__)


@asynccontextmanager
async def open_wire(
    registry: RegistrySettings | None, *, write_confluent: bool = True
) -> AsyncIterator[Wire]:
    """Have the wire format of a worker while the block runs.

    Without a registry there are single objects alone. With one, both formats are read; Confluent's
    is written if so wanted, and then the schemas of all shared topics are registered first. Before
    the first worker writes it, all workers must be able to read it.

    Waits for the registry. Raises RegistryError when it does not answer, and RegistryRefusedError
    when it does not take a schema.
    """
    if registry is None:
        yield SINGLE_OBJECT
        return
    async with SchemaRegistry.connected(registry) as client:
        level = await client.compatibility()
        _log.info("The schema registry answers; new schemas must be compatible: %s", level)
        yield Confluent(client, await register_schemas(client) if write_confluent else None)
