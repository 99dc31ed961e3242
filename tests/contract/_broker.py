"""What the contract asks of a transport, beside being one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from faust import App

from pipeline.topics import Cleanup
from pipeline.transport import Output, Record


class Broker(ABC):
    """A log of one test, empty at its start, reached from outside of any app.

    What an app holds open while it runs may be reached all the same.
    """

    @abstractmethod
    def url(self, **delivery: int) -> str:
        """Return the URL for an app; `delivery` sets batch_records, batch_bytes and the like."""

    @abstractmethod
    async def create_topic(
        self, name: str, partitions: int = 1, cleanup: Cleanup = Cleanup.KEEP
    ) -> None:
        """Create a topic."""

    @abstractmethod
    async def append(self, outputs: Sequence[Output]) -> list[int]:
        """Append, wait until durable, return the offsets."""

    @abstractmethod
    async def read(self, topic: str, partition: int = 0) -> list[Record]:
        """Return every record that is in a partition."""

    @abstractmethod
    async def position(self, group: str, topic: str, partition: int = 0) -> int | None:
        """Return the offset that a group has acknowledged up to; None if it has nothing."""

    @abstractmethod
    async def end(self, topic: str, partition: int = 0) -> int:
        """Return the offset that the next record gets."""

    @abstractmethod
    async def clean(self) -> None:
        """Bring it about that every topic's cleanup has been applied; no app is running."""

    async def after_kill(self, group: str, agent: str, partitions: int) -> None:  # noqa: B027 - see it
        """End what a killed app has left open, as the next one of its group would.

        Where a kill leaves nothing open, there is nothing to do.
        """

    @abstractmethod
    async def reassign(self, app: App) -> None:
        """Take a running app's partitions from it and give them back."""
