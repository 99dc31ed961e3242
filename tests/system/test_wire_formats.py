from __future__ import annotations

import asyncio
import dataclasses
from pathlib import Path

import faust

from agents import outreach_app
from pipeline.avro import encode_event
from pipeline.avro.wire import SHARED_TOPICS, RegistrySettings, open_wire
from pipeline.embedded import DataDirectory, Settings, running_system
from pipeline.importer import event_output
from pipeline.topics import Topic
from pipeline.transport import Output
from pipeline.transport.sqlite import SqliteLog, Transaction
from pipeline.worker import Context
from tests.avro.wire._server import running_registry
from tests.folds._drawn import parsed
from tests.system._apart import apart
from tests.system._dense_log import dense_log
from tests.system._expected import comparable, expected_views
from tests.system.outreach import views_of

LOG = dense_log(seed=7, events=300)
UNKNOWN = b"\0\0\x0f\xff\xff" + encode_event(parsed(LOG[0]))[10:]
"""A sound event, but for its schema's id: the registry has given no such id."""
SINGLE_OBJECT, CONFLUENT = 0xC3, 0


async def mixed(data: Path, registry: str) -> dict[str, set[int]]:
    """Process a log in both formats; return with which bytes the values of each topic begin."""
    async with open_wire(RegistrySettings.parse(registry)) as wire:

        def make_app(log: str, context: Context) -> faust.App:
            return outreach_app(log, dataclasses.replace(context, wire=wire))

        events = [event_output(parsed(event)) for event in LOG]
        outputs = [*events[::2], *wire.outgoing(events[1::2])]
        outputs += [Output(topic, b"key", UNKNOWN, 1) for topic in INPUTS]
        settings = Settings(insert_seconds=0.05)
        async with running_system(DataDirectory(data), make_app, settings) as system:
            await system.log.write(Transaction(outputs=outputs))
            await system.drained()
            return await asyncio.to_thread(_beginnings, system.log)


INPUTS = (
    Topic.DM_SENT,
    Topic.FOLLOW_UPS,
    Topic.REPLIES,
    Topic.SEND_REQUESTS,
    Topic.POLICIES,
    Topic.PAUSES,
)


def _beginnings(log: SqliteLog) -> dict[str, set[int]]:
    return {
        topic.value: {
            record.value[0]
            for partition in range(log.partition_count(topic))
            for record in log.read(topic, partition, log.start_offset(topic, partition))
            if record.value
        }
        for topic in Topic
    }


def test_both_formats_give_what_one_gives(tmp_path: Path) -> None:
    """Read mixed and written for others; what the registry does not know is kept, byte by byte."""
    with running_registry() as registry:
        beginnings = apart(mixed, tmp_path, registry)

    assert beginnings[Topic.DM_SENT] == {SINGLE_OBJECT, CONFLUENT}
    outputs = [
        beginnings[topic] for topic in SHARED_TOPICS if topic not in INPUTS and beginnings[topic]
    ]
    assert len(outputs) >= 5
    assert outputs == [{CONFLUENT}] * len(outputs)
    views = views_of(tmp_path)
    letters = views["dead_letters"]
    assert {letter["topic"] for letter in letters} == set(INPUTS)
    assert {letter["payload"] for letter in letters} == {UNKNOWN}
    assert all("(id 1048575 of a schema registry)" in letter["reason"] for letter in letters)
    assert comparable(views) == expected_views(LOG)
