"""Batches and outputs around drawn records."""

from __future__ import annotations

from hypothesis import strategies as st

from pipeline.avro import SchemaName, encode
from pipeline.avro._codec import REGISTRY
from pipeline.avro.wire import SHARED_TOPICS, Wire
from pipeline.topics import Topic
from pipeline.transport import Batch, Output, Record
from tests.avro._strategies import records_of

SINGLE_OBJECTS: st.SearchStrategy[tuple[Topic, bytes]] = st.sampled_from(
    list(SHARED_TOPICS.items())
).flatmap(
    lambda entry: records_of(REGISTRY.newest(entry[1])).map(
        lambda record: (entry[0], encode(entry[1], record))
    )
)
"""A topic, and the single object of a record that belongs into it."""


def batch_of(topic: str, *values: bytes | None) -> Batch:
    """Return the batch that holds these values."""
    records = [Record(offset, 0, b"key", value) for offset, value in enumerate(values)]
    return Batch(topic, 0, records, generation=1)


def written(wire: Wire, topic: str, value: bytes | None) -> bytes | None:
    """Return how a single object stands in its topic."""
    [output] = wire.outgoing([Output(topic, b"key", value, 3)])
    assert output[:2] == (topic, b"key")
    assert output.partition == 3
    return output.value


def minimal(name: SchemaName) -> dict[str, object]:
    """Return the smallest record of a schema: no text, no numbers, nothing."""
    plain = {"string": "", "bytes": b"", "boolean": False, "int": 0, "long": 0, "array": []}
    return {
        field.name: {"bytes": b"hello", "key_id": None}
        if field.type.type == "record"
        else plain.get(field.type.type)
        for field in REGISTRY.newest(name).parsed.fields
    }
