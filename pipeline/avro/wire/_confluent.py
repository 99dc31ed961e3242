"""Confluent's wire format: a zero byte, the schema's id in the registry, the record."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from pipeline.avro._codec import MARKER, REGISTRY
from pipeline.avro._confluent_head import HEAD_LENGTH, MAGIC, head_of, schema_id_in
from pipeline.avro._errors import DecodeError, DecodeFailure
from pipeline.avro.wire._conversion import Convert, UnusableSchemaError, conversion_from
from pipeline.avro.wire._schema_registry import SchemaRegistry
from pipeline.avro.wire._subjects import SHARED_TOPICS
from pipeline.topics import Topic
from pipeline.transport import Batch, Output

Read = TypeVar("Read")

_LARGEST_ID = 2**31 - 1
"""The registry's ids are Java's int: of any other number it knows nothing."""

_log = logging.getLogger(__name__)


class Confluent:
    """Reads single objects and Confluent's wire format, mixed as they come."""

    def __init__(self, registry: SchemaRegistry, ids: Mapping[Topic, int] | None = None) -> None:
        """Write Confluent's wire format into topics whose schema has an id here.

        Without ids everything is written as single objects, and both are read.
        """
        self._registry = registry
        self._heads = {
            topic.value: (_single_object_head(topic), head_of(schema_id))
            for topic, schema_id in (ids or {}).items()
        }
        self._conversions: dict[bytes, Convert | str] = {}
        """By the head of a message, or why there is none: what an id stands for never changes."""

    async def learn(self, batches: Iterable[Batch]) -> None:
        """Ask the registry for the schemas that are not known yet; see `Wire`.

        An id that it does not know is asked for again with the next batch: it may be about to
        come. Raises RegistryError.
        """
        heads = {
            record.value[:HEAD_LENGTH]
            for batch in batches
            for record in batch.records
            if record.value is not None and record.value[:1] == MAGIC
        } - self._conversions.keys()
        for head in heads:
            await self._learn(head)

    async def _learn(self, head: bytes) -> None:
        schema_id = schema_id_in(head)
        if schema_id is None or schema_id > _LARGEST_ID:
            return
        schema = await self._registry.schema(schema_id)
        if schema is None:
            return
        try:
            self._conversions[head] = conversion_from(schema)
        except UnusableSchemaError as error:
            _log.warning("Schema %d of the registry is no use: %s", schema_id, error)
            self._conversions[head] = f"id {schema_id} of a schema registry: {error}"

    def reading(self, read: Callable[[str, bytes], Read]) -> Callable[[str, bytes], Read]:
        """Return what reads either format; see `Wire`."""
        return lambda topic, value: read(topic, self._single_object(value))

    def values(self, batch: Batch) -> list[bytes]:
        """Return the values of a learnt batch as single objects; see `Wire`."""
        return [self._single_object_or_same(record.value or b"") for record in batch.records]

    def outgoing(self, outputs: Sequence[Output]) -> Sequence[Output]:
        """Return outputs in Confluent's wire format where their topic's schema has an id."""
        heads = self._heads
        if not heads:
            return outputs
        return [
            _with_other_head(output, *heads[output.topic])
            if output.value is not None and output.topic in heads
            else output
            for output in outputs
        ]

    def _single_object(self, value: bytes) -> bytes:
        """Return a value as a single object, or as it is when its beginning is none of ours."""
        if value[:1] != MAGIC:
            return value
        conversion = self._conversions.get(value[:HEAD_LENGTH])
        if conversion is None:
            return value
        if isinstance(conversion, str):
            raise DecodeError(DecodeFailure.UNKNOWN_SCHEMA, detail=conversion)
        return conversion(value[HEAD_LENGTH:])

    def _single_object_or_same(self, value: bytes) -> bytes:
        try:
            return self._single_object(value)
        except DecodeError:
            return value


def _single_object_head(topic: Topic) -> bytes:
    return MARKER + REGISTRY.newest(SHARED_TOPICS[topic]).fingerprint


def _with_other_head(output: Output, old: bytes, new: bytes) -> Output:
    topic, key, value, partition, headers = output
    assert value is not None, "a tombstone has no head"
    assert value.startswith(old), "a shared topic has one schema, whose newest version is written"
    # Half the time that `_replace` takes.
    return Output(topic, key, new + value[len(old) :], partition, headers)
