from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.avro import DecodeError, DecodeFailure, SchemaName, decode, encode
from pipeline.avro._codec import HEADER_LENGTH, REGISTRY
from pipeline.avro.wire import (
    SHARED_TOPICS,
    SINGLE_OBJECT,
    Confluent,
    RegistryError,
    RegistrySettings,
    SchemaRegistry,
    Wire,
    open_wire,
)
from pipeline.topics import Topic
from pipeline.transport import Output
from tests.avro.wire._drawn import SINGLE_OBJECTS, batch_of, minimal, written
from tests.avro.wire._scripted import answer, paths, peer
from tests.avro.wire.test_schema_registry import HURRY, NOWHERE, SCHEMA, settings_of

ALERT = encode(SchemaName.ALERT, minimal(SchemaName.ALERT))
UNKNOWN = answer(404, {"error_code": 40403, "message": "Schema 5 not found"})
FOREIGN = b"\0\0\0\0\x05" + ALERT[HEADER_LENGTH:]


@pytest.fixture(scope="module")
def wire(registry: RegistrySettings) -> Wire:
    """Return a format that has learnt all that it writes; it asks nobody any more."""

    async def learnt() -> Wire:
        async with open_wire(registry) as wire:
            for topic, name in SHARED_TOPICS.items():
                value = written(wire, topic, encode(name, minimal(name)))
                await wire.learn([batch_of(topic, value)])
            return wire

    return asyncio.run(learnt())


@asynccontextmanager
async def reading_from(url: str) -> AsyncIterator[Wire]:
    """Have a format that reads with the schemas of a peer."""
    async with SchemaRegistry.connected(settings_of(url)) as registry:
        yield Confluent(registry)


def failure_of(wire: Wire, value: bytes) -> DecodeError:
    """Return why a value of a learnt batch cannot be read; both ways of reading agree."""
    with pytest.raises(DecodeError) as caught:
        wire.reading(lambda _, value: decode(value))("outreach.alerts", value)
    with pytest.raises(DecodeError) as again:
        decode(wire.values(batch_of("outreach.alerts", value))[0])
    assert again.value.failure is caught.value.failure
    return caught.value


@given(drawn=SINGLE_OBJECTS)
def test_both_formats_hold_the_same(wire: Wire, drawn: tuple[Topic, bytes]) -> None:
    """Whatever a record holds, it comes back as it was, and only its head was another."""
    topic, value = drawn
    sent = written(wire, topic, value)
    assert sent is not None
    assert sent[0] == 0
    assert sent[5:] == value[HEADER_LENGTH:]
    assert wire.values(batch_of(topic, sent)) == [value]
    assert wire.reading(lambda topic, value: (topic, value))(topic, sent) == (topic, value)


@given(drawn=st.lists(st.tuples(SINGLE_OBJECTS, st.booleans()), max_size=5))
def test_formats_may_be_mixed(wire: Wire, drawn: list[tuple[tuple[Topic, bytes], bool]]) -> None:
    """What stood in a topic before the setting stays readable beside what came after."""
    values = [value for (_, value), _ in drawn]
    sent = [
        written(wire, topic, value) if confluent else value for (topic, value), confluent in drawn
    ]
    assert wire.values(batch_of("any", *sent)) == values


@given(drawn=SINGLE_OBJECTS, at=st.integers(min_value=1))
def test_every_cut_is_noticed(wire: Wire, drawn: tuple[Topic, bytes], at: int) -> None:
    """No beginning of a message passes for a whole one."""
    topic, value = drawn
    sent = written(wire, topic, value)
    assert sent is not None
    assert failure_of(wire, sent[: at % (len(sent) - 1) + 1]).failure is DecodeFailure.DAMAGED
    assert failure_of(wire, sent + b"\0").failure is DecodeFailure.TRAILING_BYTES


@given(value=st.binary(max_size=30) | st.binary(max_size=30).map(b"\0".__add__))
def test_any_bytes_read_or_fail_as_promised(wire: Wire, value: bytes) -> None:
    """Hostile bytes give what they gave before, or a DecodeError."""
    read = wire.reading(lambda _, value: decode(value))
    try:
        assert read("any", value)[0] in SchemaName
    except DecodeError as error:
        assert error.reason  # noqa: PT017 - either outcome is sound


def test_what_is_not_for_others_stays_ours(wire: Wire) -> None:
    """Feeds between folds, changelogs and tombstones are written as before."""
    for topic in (Topic.CREATOR_CONTACTS, Topic.CAMPAIGN_TOUCHES, "outreach-a-changelog"):
        assert written(wire, topic, ALERT) == ALERT
    assert written(wire, Topic.ALERTS, None) is None
    assert wire.values(batch_of(Topic.ALERTS, None)) == [b""]
    assert set(Topic) - SHARED_TOPICS.keys() == {
        Topic.CREATOR_CONTACTS,
        Topic.CAMPAIGN_TOUCHES,
        Topic.WORKSPACE_ANSWERS,
        Topic.CAMPAIGN_POLICIES,
        Topic.CAMPAIGN_PAUSES,
        Topic.ALERT_NOTICES,
        Topic.DELIVERIES,
    }


def test_no_two_shared_topics_have_one_schema() -> None:
    """What a topic holds is told by its name alone."""
    assert len(set(SHARED_TOPICS.values())) == len(SHARED_TOPICS)


async def test_without_a_registry_nothing_changes() -> None:
    """The default hands everything through, and says what it lacks for the other format."""
    async with open_wire(None) as wire:
        assert wire is SINGLE_OBJECT
        await wire.learn([batch_of(Topic.ALERTS, ALERT, FOREIGN, None)])
        assert wire.values(batch_of(Topic.ALERTS, ALERT, FOREIGN, None)) == [ALERT, FOREIGN, b""]
        outputs = [Output(Topic.ALERTS, b"", ALERT)]
        assert wire.outgoing(outputs) is outputs
        assert wire.reading(decode_topic) is decode_topic
        assert failure_of(wire, FOREIGN).reason == (
            "the message was written with a schema that is not known here "
            "(id 5 of a schema registry)"
        )


def decode_topic(_: str, value: bytes) -> object:
    """Read a value."""
    return decode(value)


async def test_an_id_is_asked_for_once() -> None:
    """What it stands for never changes; single objects are asked about never."""
    schema = answer(200, {"schema": text_of(SchemaName.ALERT)})
    async with peer(schema) as served, reading_from(served.url) as wire:
        batch = batch_of(Topic.ALERTS, ALERT, FOREIGN, None, FOREIGN)
        await wire.learn([batch, batch])
        await wire.learn([batch])
        assert wire.values(batch) == [ALERT, ALERT, b"", ALERT]
    assert paths(served.asked) == ["GET /schemas/ids/5"]


async def test_an_unknown_id_is_refused_and_asked_for_again() -> None:
    """It may be about to come: its letter can be replayed, and later messages are read."""
    schema = answer(200, {"schema": text_of(SchemaName.ALERT)})
    async with peer(UNKNOWN, schema) as served, reading_from(served.url) as wire:
        await wire.learn([batch_of(Topic.ALERTS, FOREIGN)])
        error = failure_of(wire, FOREIGN)
        assert error.failure is DecodeFailure.UNKNOWN_SCHEMA
        assert error.reason.endswith("(id 5 of a schema registry)")
        await wire.learn([batch_of(Topic.ALERTS, FOREIGN)])
        assert wire.values(batch_of(Topic.ALERTS, FOREIGN)) == [ALERT]


@pytest.mark.parametrize("value", [b"\0", b"\0\0\0\0", b"\0\xff\xff\xff\xff", b"\0\x80\0\0\0body"])
async def test_what_has_no_id_is_not_asked_for(value: bytes) -> None:
    """Half a head, or a number that no registry gives, needs no registry to be refused."""
    async with reading_from(NOWHERE) as wire:
        await wire.learn([batch_of(Topic.ALERTS, value)])
        assert failure_of(wire, value).failure in {
            DecodeFailure.DAMAGED,
            DecodeFailure.UNKNOWN_SCHEMA,
        }


async def test_a_schema_of_somebody_else_is_refused_with_its_reason() -> None:
    """The dead letter says which schema it was, and what was the matter with it."""
    async with peer(SCHEMA) as served, reading_from(served.url) as wire:
        await wire.learn([batch_of(Topic.ALERTS, FOREIGN)])
        await wire.learn([batch_of(Topic.ALERTS, FOREIGN)])
        assert failure_of(wire, FOREIGN).reason == (
            "the message was written with a schema that is not known here "
            "(id 5 of a schema registry: its record has the name of none of ours)"
        )
    assert len(served.asked) == 1


async def test_while_the_registry_is_away_nothing_is_refused() -> None:
    """A message that may be sound is no dead letter; once the registry answers, it is read."""
    away = answer(503, {})
    schema = answer(200, {"schema": text_of(SchemaName.ALERT)})
    batch = batch_of(Topic.ALERTS, FOREIGN)
    async with peer(*[away] * HURRY.rounds, schema) as served, reading_from(served.url) as wire:
        with pytest.raises(RegistryError, match="does not answer"):
            await wire.learn([batch])
        await wire.learn([batch])
        assert wire.values(batch) == [ALERT]


async def test_a_worker_does_not_start_without_its_registry() -> None:
    """It would write what nobody can read."""
    with pytest.raises(RegistryError):
        async with open_wire(settings_of(NOWHERE)):
            raise AssertionError("it started")


def text_of(name: SchemaName) -> str:
    """Return the text of the newest version of a schema."""
    return REGISTRY.newest(name).canonical
