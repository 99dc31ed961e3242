"""The embedded log under the contract."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast
from urllib.parse import urlencode

import pytest
from faust import App
from faust.types import TopicT

from pipeline.topics import Cleanup
from pipeline.transport import Output, Record
from pipeline.transport.app import batch_topic
from pipeline.transport.sqlite import SqliteLog, TopicSpec, Transaction
from tests.contract._broker import Broker
from tests.contract.transport import TransportContract


class SqliteBroker(Broker):
    """A file of one test; opened for each call, unless an app has it open already."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def url(self, **delivery: int) -> str:
        """Return a URL with the file's path."""
        return f"sqlite:///{self._path}?{urlencode(delivery)}"

    async def create_topic(
        self, name: str, partitions: int = 1, cleanup: Cleanup = Cleanup.KEEP
    ) -> None:
        """Create a topic."""
        with SqliteLog.open(self._path) as log:
            log.create_topics([TopicSpec(name, partitions, cleanup)])

    async def append(self, outputs: Sequence[Output]) -> list[int]:
        """Append and wait."""
        with SqliteLog.open(self._path) as log:
            return await log.write(Transaction(outputs=outputs))

    async def read(self, topic: str, partition: int = 0) -> list[Record]:
        """Read a whole partition."""
        with SqliteLog.open(self._path) as log:
            return log.read(topic, partition, 0, max_records=1_000_000, max_bytes=1 << 40)

    async def position(self, group: str, topic: str, partition: int = 0) -> int | None:
        """Return a position."""
        with SqliteLog.open(self._path) as log:
            return log.position(group, topic, partition)

    async def end(self, topic: str, partition: int = 0) -> int:
        """Return an end offset."""
        with SqliteLog.open(self._path) as log:
            return log.end_offset(topic, partition)

    async def clean(self) -> None:
        """Open the log, which cleans it."""
        SqliteLog.open(self._path).close()

    async def reassign(self, app: App) -> None:
        """Have the app subscribe to one topic more."""
        await self.create_topic("one more")
        one_more = batch_topic(app, "one more").clone(is_iterator=True)
        app.topics.add(cast("TopicT", one_more))


class TestSqliteTransport(TransportContract):
    """The whole contract."""

    @pytest.fixture
    def broker(self, tmp_path: Path) -> SqliteBroker:
        """Return a log that does not exist yet."""
        return SqliteBroker(tmp_path / "log.db")
