from __future__ import annotations

from pathlib import Path

from pipeline.avro.wire import RegistrySettings, SchemaRegistry, subject_of
from pipeline.importer import event_output
from pipeline.topics import Topic
from pipeline.transport import Output
from pipeline.transport._partitioner import partition_of
from tests.avro.wire._server import running_registry
from tests.folds._drawn import parsed
from tests.fuzz._account import Letter, Place, Placed, letter_in, problems
from tests.fuzz._newer import by_the_newer_sender, newer_version, third_schema
from tests.fuzz._plan import Sent, plan
from tests.fuzz._published import HEADER_LENGTH
from tests.kafka._clusters import PARTITIONS
from tests.kafka._sending import send, values_of
from tests.kafka._workers import Cluster
from tests.system._dense_log import dense_log
from tests.system._expected import comparable, expected_views

LARGEST = 8 * 1024 * 1024 - 64 * 1024
"""The broker's limit, less what a record and its key take."""
COMPRESSED = Sent(
    "compressed", Topic.REPLIES, Output(Topic.REPLIES, b"key", bytes(12 * 1024 * 1024), 1), None
)
"""The broker's limit is for what it gets."""
LOG = dense_log(seed=9, events=400)
REPLAY = ("dead-letters", "replay")
OF_TODAY: dict[str, str] = {}


def drain(cluster: Cluster, name: str, variables: dict[str, str] = OF_TODAY) -> None:
    """Have a worker process all that there is."""
    with cluster.worker(name, "--until-drained", **variables) as worker:
        assert worker.process.wait() == 0, worker.said


async def letters_of(kafka: str) -> list[Letter]:
    """Return all dead letters."""
    topic = Topic.DEAD_LETTERS
    letters = [
        letter_in(Place(topic, partition, offset), value or b"")
        for partition in range(PARTITIONS)
        async for offset, value in values_of(kafka, topic, partition)
    ]
    return [letter for letter in letters if letter is not None]


async def test_every_record_is_seen_or_a_dead_letter(cluster: Cluster) -> None:
    """Of damaged records in every topic, huge ones among them, none is lost and none doubled."""
    sent = plan(21, 1_500, partitions=PARTITIONS, huge=4, largest=LARGEST)
    offsets = await send(cluster.kafka, [each.output for each in sent])
    offsets += await send(cluster.kafka, [COMPRESSED.output], "gzip")

    drain(cluster, "one")

    placed = [
        Placed(each, Place(each.topic, each.output.partition or 0, offset))
        for each, offset in zip([*sent, COMPRESSED], offsets, strict=True)
    ]
    assert problems(placed, cluster.views(), await letters_of(cluster.kafka)) == []


REPLIES = sum(event.type == "reply" for event in LOG)


def records(head: bytes | None = None) -> list[Output]:
    """Return the records of a log: of replies as a newer sender writes them, with this head."""
    outputs = []
    for event in LOG:
        topic, key, value, *_ = event_output(parsed(event))
        assert key is not None
        if event.type == "reply":
            value = by_the_newer_sender(event)
            value = value if head is None else head + value[HEADER_LENGTH:]
        outputs.append(Output(topic, key, value, partition_of(key, PARTITIONS)))
    return outputs


def all_came_back(cluster: Cluster) -> bool:
    """Tell whether the views are as if everything had been readable, and no letter is left."""
    views = cluster.views()
    letters = views["dead_letters"]
    assert comparable(views) == expected_views(LOG)
    return len(letters) == REPLIES and all(row["replayed_at"] is not None for row in letters)


async def test_what_a_newer_version_can_read_comes_back(cluster: Cluster, tmp_path: Path) -> None:
    """Replies of an unknown schema wait as dead letters, and come into the views, each once."""
    newer = newer_version(tmp_path / "newer")
    await send(cluster.kafka, records())
    drain(cluster, "old")
    unusable = f"0 brought back, {REPLIES} still unusable.\n"
    assert cluster.outreach(*REPLAY).output == unusable

    replayed = cluster.outreach_afresh(*REPLAY, **newer)
    assert replayed.output == f"{REPLIES} brought back, 0 still unusable.\n", replayed.said
    drain(cluster, "new", newer)

    assert all_came_back(cluster)
    assert cluster.outreach_afresh(*REPLAY, **newer).output == "0 brought back, 0 still unusable.\n"
    drain(cluster, "new", newer)
    assert all_came_back(cluster)


async def test_what_the_registry_comes_to_know_comes_back(cluster: Cluster) -> None:
    """So do messages whose sender had not registered their schema yet."""
    with running_registry() as url:
        variables = {"OUTREACH_SCHEMA_REGISTRY": url}
        drain(cluster, "first", variables)
        async with SchemaRegistry.connected(RegistrySettings.parse(url)) as registry:
            next_id = await registry.register("something-value", '"string"') + 1
            await send(cluster.kafka, records(b"\0" + next_id.to_bytes(4)))
            drain(cluster, "second", variables)
            unusable = f"0 brought back, {REPLIES} still unusable.\n"
            assert cluster.outreach(*REPLAY, **variables).output == unusable

            assert await registry.register(subject_of(Topic.REPLIES), third_schema()) == next_id
            replayed = cluster.outreach(*REPLAY, **variables)
        assert replayed.output == f"{REPLIES} brought back, 0 still unusable.\n", replayed.said
        drain(cluster, "second", variables)

        assert all_came_back(cluster)
        again = cluster.outreach(*REPLAY, **variables)
        assert again.output == "0 brought back, 0 still unusable.\n"
    away = cluster.outreach(*REPLAY, **variables)
    assert (away.status, "The schema registry does not answer" in away.said) == (1, True)
