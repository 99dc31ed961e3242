from __future__ import annotations

import asyncio
import dataclasses
import json

import pytest

from pipeline.avro import SchemaName, encode_event
from pipeline.avro._codec import HEADER_LENGTH, REGISTRY
from pipeline.avro.wire import (
    Patience,
    RegistryError,
    RegistrySettings,
    SchemaRegistry,
    rereading,
    subject_of,
)
from pipeline.topics import Topic
from tests.avro.test_events import REPLY

SINGLE_OBJECT = encode_event(REPLY)


def framed(schema_id: int) -> bytes:
    """Return the reply in Confluent's format, with this id."""
    return b"\0" + schema_id.to_bytes(4) + SINGLE_OBJECT[HEADER_LENGTH:]


async def register(settings: RegistrySettings) -> int:
    """Register the schema of replies, and return its id."""
    schema = json.dumps(dict(REGISTRY.newest(SchemaName.REPLY).definition))
    async with SchemaRegistry.connected(settings) as registry:
        return await registry.register(subject_of(Topic.REPLIES), schema)


def test_what_the_registry_knows_by_now_is_a_single_object(registry: RegistrySettings) -> None:
    """What it still does not know, and what was a single object before, stay as they are."""
    with rereading(registry) as reread:
        unknown = framed(2**31 - 1)
        assert reread(unknown) == unknown
        assert reread(SINGLE_OBJECT) == SINGLE_OBJECT
        assert reread(b"") == b""

    known = framed(asyncio.run(register(registry)))
    with rereading(registry) as reread:
        assert reread(known) == SINGLE_OBJECT


def test_without_a_registry_everything_stays_as_it_is() -> None:
    """There is nobody to ask."""
    with rereading(None) as reread:
        assert reread(framed(1)) == framed(1)


def test_a_registry_that_is_away_is_told_apart() -> None:
    """Whether a message can be read is not known then."""
    settings = RegistrySettings.parse("http://127.0.0.1:9")
    away = dataclasses.replace(settings, patience=Patience(rounds=1))
    with pytest.raises(RegistryError, match="does not answer"), rereading(away):
        pass
