"""What an agent asks of a wire format, and the format that needs nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar

from pipeline.transport import Batch, Output

Read = TypeVar("Read")


class Wire(Protocol):
    """How records stand in the topics; one for all agents of a worker."""

    async def learn(self, batches: Iterable[Batch]) -> None:
        """Get to know the schemas that are needed to read these batches.

        Whatever reads a batch comes after this. Raises RegistryError when that cannot be known
        now: then nothing of the batches may be used, or thrown away.
        """
        ...

    def reading(self, read: Callable[[str, bytes], Read]) -> Callable[[str, bytes], Read]:
        """Return what reads values of either format, given what reads single objects.

        It takes a topic and a value of a learnt batch, gives `read` the value as a single object,
        and raises DecodeError, besides what `read` raises, for one that can never be read.
        """
        ...

    def values(self, batch: Batch) -> list[bytes]:
        """Return the values of a learnt batch as single objects.

        One that can never be read stays as it is: `decode` refuses it.
        """
        ...

    def outgoing(self, outputs: Sequence[Output]) -> Sequence[Output]:
        """Return outputs, made of single objects, as they are to stand in their topics."""
        ...


class _SingleObject:
    """Our own format: what stands in the topics is what the pipeline works with."""

    async def learn(self, batches: Iterable[Batch]) -> None:
        """Do nothing: our schemas are part of the program."""

    def reading(self, read: Callable[[str, bytes], Read]) -> Callable[[str, bytes], Read]:
        """Return the same."""
        return read

    def values(self, batch: Batch) -> list[bytes]:
        """Return the values as they are."""
        return [record.value or b"" for record in batch.records]

    def outgoing(self, outputs: Sequence[Output]) -> Sequence[Output]:
        """Return the same."""
        return outputs


SINGLE_OBJECT: Wire = _SingleObject()
"""Reads and writes single objects; without a registry nothing else can be read."""
