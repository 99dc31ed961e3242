from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from itertools import zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents._arrivals import by_partition
from pipeline.transport import Batch
from tests.agents._batches import batch


async def endless(batches: Sequence[Batch], pauses: Sequence[bool] = ()) -> AsyncIterator[Batch]:
    """Yield batches and then wait for more; where a pause is wanted, let others go first."""
    for each, pause in zip_longest(batches, pauses[: len(batches)], fillvalue=False):
        for _ in range(20 * bool(pause)):
            await asyncio.sleep(0)
        assert isinstance(each, Batch)
        yield each
    await asyncio.Event().wait()


@given(
    partitions=st.lists(st.integers(0, 3), max_size=12),
    pauses=st.lists(st.booleans(), max_size=12),
)
def test_each_batch_comes_once_and_in_its_order(partitions: list[int], pauses: list[bool]) -> None:
    """However they arrive: groups hold one partition each, and its batches in their order."""
    batches = [batch(partition, offset) for offset, partition in enumerate(partitions)]

    async def collect() -> list[list[Batch]]:
        groups = by_partition(endless(batches, pauses))
        found: list[list[Batch]] = []
        while sum(map(len, found)) < len(batches):
            found.append(await anext(groups))
        return found

    groups = asyncio.run(collect())

    assert all(len({each.partition for each in group}) == 1 for group in groups)
    for partition in range(4):
        got = [each for group in groups for each in group if each.partition == partition]
        assert got == [each for each in batches if each.partition == partition]


BACKLOG = (batch(2, 0, [b""] * 3), batch(1, 0, [b""] * 4), batch(2, 3, [b""] * 2))


async def test_what_waits_comes_together() -> None:
    """Under a backlog the batches of a partition are one group, the fullest partition first."""
    groups = by_partition(endless(BACKLOG))

    first, second = await anext(groups), await anext(groups)

    assert [(each.partition, each.records[0].offset) for each in first] == [(2, 0), (2, 3)]
    assert [(each.partition, each.records[0].offset) for each in second] == [(1, 0)]


async def test_what_may_not_begin_yet_gathers_more() -> None:
    """A partition that is told to wait comes with what has arrived for it meanwhile."""
    asked: list[list[Batch]] = []
    first, second = batch(1, 0), batch(1, 1)
    told_to_wait = asyncio.Event()

    async def arriving() -> AsyncIterator[Batch]:
        yield first
        await told_to_wait.wait()
        yield second
        await asyncio.Event().wait()

    async def may_begin(waiting: Sequence[Batch]) -> bool:
        asked.append([*waiting])
        told_to_wait.set()
        return len(asked) > 1

    groups = by_partition(arriving(), may_begin)

    assert await anext(groups) == [first, second]
    assert asked == [[first], [first, second]]


async def test_what_was_taken_away_does_not_wait() -> None:
    """After a reassignment only what was delivered since is worked on, of that partition."""
    before = [batch(1, 0), batch(2, 0)]
    since = [batch(1, 0, generation=2), batch(1, 1, generation=2)]
    groups = by_partition(endless([*before, *since]))

    assert await anext(groups) == since
    assert await anext(groups) == [before[1]]


async def test_a_failure_of_the_stream_is_passed_on() -> None:
    """Whoever reads learns what the stream failed of."""

    async def failing() -> AsyncIterator[Batch]:
        yield batch()
        await asyncio.sleep(0)
        raise ConnectionError("gone")

    with pytest.raises(ConnectionError, match="gone"):
        async for _ in by_partition(failing()):
            pass


async def test_leaving_early_leaves_nothing_running() -> None:
    """Whoever stops reading has no task left that waits for the stream."""
    groups = by_partition(endless(BACKLOG))
    before = asyncio.all_tasks()

    await anext(groups)
    await groups.aclose()  # type: ignore[attr-defined]  # it is a generator
    await asyncio.sleep(0)

    assert asyncio.all_tasks() == before
