"""Against a registry that somebody else wrote."""

from __future__ import annotations

import json

import pytest

from pipeline.avro import SchemaName
from pipeline.avro._codec import REGISTRY
from pipeline.avro.wire import (
    SHARED_TOPICS,
    RegistryRefusedError,
    RegistrySettings,
    SchemaRegistry,
    open_wire,
    register_schemas,
    subject_of,
)
from pipeline.topics import Topic
from pipeline.transport import Output


def text_of(name: SchemaName, version: int) -> str:
    """Return what is registered of a schema version."""
    return json.dumps(REGISTRY.versions(name)[version - 1].definition)


async def test_every_schema_is_taken_and_comes_back(registry: RegistrySettings) -> None:
    """The registry knows our names, records and logical types; an id stands for what it got."""
    async with SchemaRegistry.connected(registry) as client:
        ids = await register_schemas(client)
        assert ids.keys() == SHARED_TOPICS.keys()
        assert len(set(ids.values())) == len(ids)
        for topic, schema_id in ids.items():
            schema = await client.schema(schema_id)
            assert schema is not None
            assert schema.kind == "AVRO"
            assert json.loads(schema.text) == REGISTRY.newest(SHARED_TOPICS[topic]).definition


async def test_registering_again_changes_nothing(registry: RegistrySettings) -> None:
    """Every worker does so whenever it starts."""
    async with SchemaRegistry.connected(registry) as client:
        assert await register_schemas(client) == await register_schemas(client)


@pytest.mark.parametrize("name", REGISTRY.names)
async def test_versions_are_fully_compatible(name: SchemaName, registry: RegistrySettings) -> None:
    """Old readers take new records and new readers old ones, as the strictest level demands."""
    async with SchemaRegistry.connected(registry) as client:
        assert await client.compatibility() == "FULL_TRANSITIVE"
        ids = [
            await client.register(subject_of(f"versions.{name}"), text_of(name, version.version))
            for version in REGISTRY.versions(name)
        ]
    assert len(set(ids)) == len(REGISTRY.versions(name))


async def test_what_old_readers_cannot_take_is_refused(registry: RegistrySettings) -> None:
    """The registry's own check stands, and its reason names the subject."""
    schema = json.loads(text_of(SchemaName.REPLY, 2))
    schema["fields"].append({"name": "mood", "type": "string"})
    subject = subject_of("refused.replies")
    async with SchemaRegistry.connected(registry) as client:
        await client.register(subject, text_of(SchemaName.REPLY, 2))
        with pytest.raises(RegistryRefusedError, match=f"{subject}: 409: .*mood"):
            await client.register(subject, json.dumps(schema))


@pytest.mark.parametrize("schema_id", [0, 1_000_000, 2**31 - 1])
async def test_an_id_that_was_never_given_has_no_schema(
    schema_id: int, registry: RegistrySettings
) -> None:
    """It is the registry that says so, in its own way."""
    async with SchemaRegistry.connected(registry) as client:
        assert await client.schema(schema_id) is None


async def test_a_worker_that_only_reads_registers_nothing(registry: RegistrySettings) -> None:
    """It asks whether the registry is there, and leaves it as it is."""
    async with open_wire(registry, write_confluent=False) as wire:
        outputs = [Output(Topic.ALERTS, b"key", b"value")]
        assert wire.outgoing(outputs) is outputs
