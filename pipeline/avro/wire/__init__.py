"""How a record stands in a topic: as our own single object, or in Confluent's wire format.

Both hold the same Avro bytes behind another head, so a format is a change of heads at the edge of
an agent, and what is in between knows single objects alone:

    async with open_wire(RegistrySettings.parse(urls), write_confluent=True) as wire:
        context = Context(..., wire=wire)

Without a schema registry the format is `SINGLE_OBJECT`, and costs nothing.
"""

from pipeline.avro.wire._confluent import Confluent
from pipeline.avro.wire._errors import RegistryError, RegistryRefusedError
from pipeline.avro.wire._format import SINGLE_OBJECT, Wire
from pipeline.avro.wire._opening import open_wire
from pipeline.avro.wire._registry_settings import Patience, RegistrySettings
from pipeline.avro.wire._rereading import Reread, rereading
from pipeline.avro.wire._schema_registry import RegisteredSchema, SchemaRegistry
from pipeline.avro.wire._subjects import SHARED_TOPICS, register_schemas, subject_of

__all__ = [
    "SHARED_TOPICS",
    "SINGLE_OBJECT",
    "Confluent",
    "Patience",
    "RegisteredSchema",
    "RegistryError",
    "RegistryRefusedError",
    "RegistrySettings",
    "Reread",
    "SchemaRegistry",
    "Wire",
    "open_wire",
    "register_schemas",
    "rereading",
    "subject_of",
]
