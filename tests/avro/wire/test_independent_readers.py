"""What we write in Confluent's wire format, read by programs that are not ours."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import avro.schema
from avro.io import BinaryDecoder, DatumReader

from pipeline.avro import encode
from pipeline.avro._codec import REGISTRY
from pipeline.avro.wire import SHARED_TOPICS, RegistrySettings, SchemaRegistry, open_wire
from pipeline.topics import Topic
from tests.avro.wire._drawn import minimal, written
from tests.avro.wire._fetched import fetched_clickhouse

MOMENT = 1_760_000_000_123
READER = Path(__file__).with_name("read_by_clickhouse.py")


_FULL: dict[str, object] = {
    "long": MOMENT,
    "int": -7,
    "boolean": True,
    "bytes": "Grüße an Mara 👋".encode(),
}


def full(schema: avro.schema.Schema, name: str = "") -> object:
    """Return a value of a schema that leaves nothing out but the key of what is not sealed."""
    match schema.type:
        case "record":
            return {field.name: full(field.type, field.name) for field in schema.fields}
        case "array":
            return [full(schema.items, name)] * 2
        case "union":
            return None if name == "key_id" else full(schema.schemas[1], name)
        case leaf:
            return _FULL.get(leaf, f"{name} of Zoë")


def as_clickhouse_shows(value: Any, schema: avro.schema.Schema) -> object:  # noqa: ANN401 - of any schema
    """Return how a value stands in ClickHouse's JSON."""
    match schema.type:
        case "record":
            return {
                field.name: as_clickhouse_shows(value[field.name], field.type)
                for field in schema.fields
            }
        case "array":
            return [as_clickhouse_shows(item, schema.items) for item in value]
        case "union":
            return None if value is None else as_clickhouse_shows(value, schema.schemas[1])
        case "bytes":
            return value.decode()
    if "logicalType" in schema.props:
        return f"{datetime.fromtimestamp(value // 1000, UTC):%Y-%m-%d %H:%M:%S}.{value % 1000:03}"
    return value


def schema_of(topic: Topic) -> avro.schema.Schema:
    """Return the schema of a topic."""
    return REGISTRY.newest(SHARED_TOPICS[topic]).parsed


def records_of(topic: Topic) -> list[dict[str, object]]:
    """Return a record with everything in it, and one with nothing."""
    return [cast("dict[str, object]", full(schema_of(topic))), minimal(SHARED_TOPICS[topic])]


async def messages_of(registry: RegistrySettings) -> dict[Topic, list[bytes]]:
    """Return those records of every shared topic as its messages."""
    async with open_wire(registry) as wire:
        return {
            topic: [
                written(wire, topic, encode(name, record)) or b"" for record in records_of(topic)
            ]
            for topic, name in SHARED_TOPICS.items()
        }


def test_clickhouse_reads_every_topic(
    registry: RegistrySettings, registry_url: str, tmp_path: Path
) -> None:
    """Its `AvroConfluent` finds columns, types and values by nothing but the registry's URL."""
    for topic, messages in asyncio.run(messages_of(registry)).items():
        (tmp_path / topic).write_bytes(b"".join(messages))
    paths = [str(tmp_path / topic) for topic in SHARED_TOPICS]
    done = subprocess.run(
        [sys.executable, str(READER), registry_url, *paths],
        env={**os.environ, "PYTHONPATH": str(fetched_clickhouse())},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        as_clickhouse_shows(record, schema_of(topic))
        for topic in SHARED_TOPICS
        for record in records_of(topic)
    ]


async def test_the_reference_reads_every_topic(registry: RegistrySettings) -> None:
    """avro-python3 reads each message with the schema that the registry gives for its id."""
    async with SchemaRegistry.connected(registry) as client:
        for topic, messages in (await messages_of(registry)).items():
            for message, record in zip(messages, records_of(topic), strict=True):
                schema = await client.schema(int.from_bytes(message[1:5]))
                assert schema is not None
                reader = DatumReader(avro.schema.parse(schema.text))
                assert reader.read(BinaryDecoder(BytesIO(message[5:]))) == record
