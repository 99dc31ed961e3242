"""Tables of Faust, restored from their changelogs."""

from __future__ import annotations

import json
from typing import cast

from faust import App, Table

from pipeline.transport import Batch, Output
from pipeline.transport.app import consumer_of, create_app, producer_of
from tests.contract._apps import add_agent, numbered, started
from tests.contract._broker import Broker


class TablesContract:
    """Bind with a fixture `broker`."""

    async def test_recovery(self, broker: Broker) -> None:
        """The next app finds a table as the last one left it, deletions included."""
        await broker.create_topic("in", partitions=2)
        await broker.append(numbered("in", range(100), partition=0))
        await broker.append(numbered("in", range(100, 130), partition=1))
        app = create_app("group", broker.url(batch_records=10), topic_partitions=2)
        table = _last_values(app)
        async with started(app):
            await consumer_of(app).drained()
            left = dict(table)
        assert left == {f"0/k{n}": 90 + n for n in range(1, 10)} | {
            f"1/k{n}": 120 + n for n in range(1, 10)
        }
        app = create_app("group", broker.url(), topic_partitions=2)
        table = _last_values(app)
        async with started(app):
            assert dict(table) == left

    async def test_recovery_from_a_compacted_changelog(self, broker: Broker) -> None:
        """A table is restored as well from what compaction has left of its changelog."""
        await broker.create_topic("in")
        app = create_app("group", broker.url(), topic_partitions=1)
        changelog = _totals(app).changelog_topic_name
        async with started(app):
            pass
        await broker.append(
            [
                Output(changelog, json.dumps(f"k{n % 9}").encode(), b"%d" % n, 0)
                for n in range(20_000)
            ]
            + [Output(changelog, b'"k0"', None, 0)]
        )
        await broker.clean()
        assert len(await broker.read(changelog)) == 9
        app = create_app("group", broker.url(), topic_partitions=1)
        table = _totals(app)
        async with started(app):
            assert dict(table) == {f"k{n % 9}": n for n in range(19_991, 20_000) if n % 9}

    async def test_agents_start_after_recovery(self, broker: Broker) -> None:
        """An agent gets its first batch when the table is restored, and can acknowledge it."""
        await broker.create_topic("in", partitions=2)
        await broker.append(numbered("in", range(500), partition=0))
        app = create_app("group", broker.url(), topic_partitions=2)
        _last_values(app)
        async with started(app):
            await consumer_of(app).drained()
        await broker.append(numbered("in", range(500, 1000), partition=0))
        app = create_app("group", broker.url(batch_records=10), topic_partitions=2)
        table = cast("Table[str, int]", app.Table("last-values", partitions=2))
        found: list[dict[str, int]] = []

        async def look(batch: Batch) -> None:
            found.append(dict(table))
            await producer_of(app).commit_batches("reader", [batch], [])

        add_agent(app, "in", process=look)
        async with started(app):
            await consumer_of(app).drained()
        assert found == [{f"0/k{n}": 490 + n for n in range(1, 10)}] * 50

    async def test_changes_in_the_commit_of_a_batch(self, broker: Broker) -> None:
        """Changelog records may be outputs of a commit, and restore the table like any others."""
        await broker.create_topic("in")
        await broker.append(numbered("in", range(30)))
        app = create_app("group", broker.url(batch_records=10), topic_partitions=1)
        changelog = _totals(app).changelog_topic_name

        async def total(batch: Batch) -> None:
            changes = [
                Output(changelog, json.dumps(f"k{record.offset}").encode(), record.value, 0)
                for record in batch.records
            ]
            await producer_of(app).commit_batches("reader", [batch], changes)

        add_agent(app, "in", process=total)
        async with started(app):
            await consumer_of(app).drained()
        app = create_app("group", broker.url(), topic_partitions=1)
        table = _totals(app)
        async with started(app):
            assert dict(table) == {f"k{n}": n for n in range(30)}


def _last_values(app: App) -> Table[str, int]:
    """Add a table of the last value of each key, and an agent that fills it and deletes k0."""
    table = cast("Table[str, int]", app.Table("last-values", partitions=2))

    async def note(batch: Batch) -> None:
        for record in batch.records:
            key = f"{batch.partition}/{(record.key or b'').decode()}"
            table[key] = int(record.value or b"")
            if key.endswith("k0"):
                del table[key]
        await producer_of(app).commit_batches("reader", [batch], [])

    add_agent(app, "in", process=note)
    return table


def _totals(app: App) -> Table[str, int]:
    return cast("Table[str, int]", app.Table("totals", partitions=1))
