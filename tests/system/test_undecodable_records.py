from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from agents import outreach_app
from pipeline.avro import SchemaName, encode, encode_event
from pipeline.embedded import PARTITIONS, DataDirectory, Settings, running_system
from pipeline.events import Milliseconds
from pipeline.importer import import_file
from pipeline.ingest import find_sources
from pipeline.topics import Topic
from pipeline.transport import Output
from pipeline.transport.sqlite import Transaction
from tests.folds._drawn import parsed
from tests.system._apart import apart
from tests.system._dense_log import dense_log
from tests.system._expected import comparable, expected_views
from tests.system._log_files import write_files
from tests.system.outreach import views_of
from tests.warehouse import records

LOG = dense_log(seed=5, events=300)
TOUCH, REPLY = (
    encode_event(parsed(next(event for event in LOG if event.type == type_)))
    for type_ in ("dm_sent", "reply")
)
SETTINGS = Settings(insert_seconds=0.05)


class Bad(NamedTuple):
    """A value that no agent can use."""

    value: bytes
    says: str
    """What its dead letter says of it, in part."""


ANYWHERE = (
    Bad(b"", "holds no bytes"),
    Bad(random.Random(1).randbytes(400), "does not start with the marker"),
    Bad(random.Random(2).randbytes(3_000_000), "does not start with the marker"),
    Bad(b"\xc3\x01", "cut off or garbled"),
    Bad(b"\xc3\x01" + bytes(8) + b"body", "a schema that is not known here (fingerprint 0000"),
    Bad(TOUCH[: len(TOUCH) // 2], "cut off or garbled"),
    Bad(TOUCH + b"\x00", "goes on after the end of its record"),
    Bad(encode(SchemaName.ALERT, records.alert()), "alert"),
)
SEALED = {"bytes": b"\xff\x00", "key_id": "k1"}
IN_PLACE: dict[Topic, tuple[Bad, ...]] = {
    Topic.DM_SENT: (Bad(REPLY, "a reply belongs into outreach.replies"),),
    Topic.FOLLOW_UPS: (Bad(TOUCH, "a dm_sent belongs into outreach.dm-sent"),),
    Topic.REPLIES: (Bad(TOUCH, "a dm_sent belongs into outreach.dm-sent"),),
    Topic.SEND_REQUESTS: (
        Bad(TOUCH, "does not belong into outreach.send-requests"),
        Bad(encode(SchemaName.SEND_REQUEST, records.send_request(body=SEALED)), "sealed"),
        Bad(
            encode(SchemaName.SEND_REQUEST, records.send_request(occurred_at=2**62)),
            "lies outside what an event may have",
        ),
        Bad(
            encode(SchemaName.SEND_REQUEST, records.send_request(platform="pigeon")),
            "a value that is not known here",
        ),
    ),
    Topic.POLICIES: (
        Bad(
            encode(
                SchemaName.POLICY,
                {
                    "policy_id": "p",
                    "effective_from": None,
                    "loaded_at": 0,
                    "source": "hand",
                    "document": "no document",
                },
            ),
            "policy",
        ),
    ),
    Topic.PAUSES: (
        Bad(encode(SchemaName.VIOLATION, records.violation()), "not a pause"),
        Bad(encode(SchemaName.PAUSE, records.pause(name=SEALED)), "sealed"),
        Bad(encode(SchemaName.PAUSE, records.pause(by="chance")), "a value that is not known here"),
        Bad(encode(SchemaName.PAUSE, records.pause(at=-1)), "lies outside what an event may have"),
    ),
    Topic.TOUCHES: (
        Bad(encode(SchemaName.VIOLATION, records.violation()), "does not belong into"),
        Bad(encode(SchemaName.TOUCH, records.touch(body=SEALED)), "sealed"),
    ),
    Topic.VIOLATIONS: (Bad(encode(SchemaName.TOUCH, records.touch()), "does not belong into"),),
}


class Sent(NamedTuple):
    """A bad record in its place."""

    topic: str
    partition: int
    offset: int
    value: bytes
    says: str


def bad_records(topics: Sequence[Topic]) -> list[tuple[Output, Bad]]:
    """Return every bad value for each of the topics, in some partition, in no order."""
    wanted = [(topic, bad) for topic in topics for bad in (*ANYWHERE, *IN_PLACE.get(topic, ()))]
    chance = random.Random(3)
    chance.shuffle(wanted)
    return [
        (Output(topic, b"key", bad.value, chance.randrange(PARTITIONS)), bad)
        for topic, bad in wanted
    ]


async def poisoned(data: Path, file: Path, topics: Sequence[Topic]) -> list[Sent]:
    """Load a log with bad records before it and behind it, and process everything."""
    bad = bad_records(topics)
    half = len(bad) // 2
    async with running_system(DataDirectory(data), outreach_app, SETTINGS) as system:
        offsets = await system.log.write(Transaction(outputs=[each for each, _ in bad[:half]]))
        (source,) = find_sources([str(file)])
        await asyncio.to_thread(list, import_file(system.log, source, Milliseconds(0)))
        offsets += await system.log.write(Transaction(outputs=[each for each, _ in bad[half:]]))
        await system.drained()
    return [
        Sent(output.topic, output.partition or 0, offset, one.value, one.says)
        for (output, one), offset in zip(bad, offsets, strict=True)
    ]


INPUTS = (
    Topic.DM_SENT,
    Topic.FOLLOW_UPS,
    Topic.REPLIES,
    Topic.SEND_REQUESTS,
    Topic.POLICIES,
    Topic.PAUSES,
)
DERIVED = (
    Topic.CAMPAIGN_POLICIES,
    Topic.CAMPAIGN_PAUSES,
    Topic.CREATOR_CONTACTS,
    Topic.CAMPAIGN_TOUCHES,
    Topic.WORKSPACE_ANSWERS,
    Topic.TOUCHES,
    Topic.REPLY_OUTCOMES,
    Topic.AUDIENCE_MESSAGES,
    Topic.VIOLATIONS,
    Topic.RATE_CELLS,
)
"""Only agents write these; a bad record in them stops nothing all the same."""


@pytest.mark.parametrize("topics", [INPUTS, DERIVED], ids=["inputs", "derived"])
def test_bad_records_stop_nothing_and_are_kept(tmp_path: Path, topics: Sequence[Topic]) -> None:
    """Each is a dead letter with its place, its bytes and a reason; all else is as without them."""
    (file,) = write_files(tmp_path / "log", LOG, 1)
    sent = apart(poisoned, tmp_path / "data", file, topics)

    views = views_of(tmp_path / "data")

    letters = {
        (row["topic"], row["partition"], row["offset"]): row for row in views["dead_letters"]
    }
    assert letters.keys() == {(each.topic, each.partition, each.offset) for each in sent}
    for each in sent:
        letter = letters[each.topic, each.partition, each.offset]
        assert each.says in letter["reason"]
        assert as_bytes(letter["payload"]) == each.value
        assert letter["at"] > 0
    assert comparable(views) == expected_views(LOG)


def as_bytes(payload: str | bytes) -> bytes:
    """Return a payload as it was, whether it is text or not."""
    return payload if isinstance(payload, bytes) else payload.encode()
