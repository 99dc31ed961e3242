from __future__ import annotations

from itertools import pairwise

from faust.types import TP
from hypothesis import given
from hypothesis import strategies as st

from pipeline.transport import Record
from pipeline.transport.kafka._settings import Settings
from pipeline.transport.kafka._stock import Stock
from pipeline.transport.kafka._thread import Fetched, Reach

ONE, TWO = TP("in", 0), TP("in", 1)


def records(*sizes: int) -> list[Record]:
    """Return records whose values have these sizes."""
    return [Record(offset, 0, None, bytes(size)) for offset, size in enumerate(sizes)]


def stocked(fetched: list[Record], **limits: int) -> Stock:
    """Return a stock that has this of one partition, and reaches up to its end."""
    stock = Stock(Settings(**limits))
    stock.start([ONE])
    end = len(fetched)
    stock.add(Fetched({ONE: fetched}, {ONE: Reach(end, end)}))
    return stock


@given(
    sizes=st.lists(st.integers(0, 40), max_size=30),
    most=st.integers(1, 8),
    most_bytes=st.integers(1, 100),
)
def test_batches_are_within_both_bounds(sizes: list[int], most: int, most_bytes: int) -> None:
    """Every record comes once and in order; a batch is as large as both bounds allow."""
    stock = stocked(records(*sizes), batch_records=most, batch_bytes=most_bytes)
    batches = []
    while batch := stock.take_batch(ONE):
        batches.append(batch)
    assert [record for batch in batches for record in batch] == records(*sizes)
    for batch, following in pairwise([*batches, []]):
        taken = [len(record.value or b"") for record in batch]
        assert len(batch) <= most
        assert sum(taken) <= most_bytes or len(batch) == 1
        if following and len(batch) < most:
            assert sum(taken) + len(following[0].value or b"") > most_bytes


def test_what_comes_after_its_partition_was_dropped() -> None:
    """Records that were under way when their partition was dropped are not taken."""
    stock = stocked(records(1, 1))
    stock.drop([ONE])
    stock.add(Fetched({ONE: records(1)}, {ONE: Reach(1, 1)}))
    assert stock.take_batch(ONE) == []
    assert not stock.is_read(ONE)
    assert not stock.wanted(ONE)


def test_starting_anew() -> None:
    """A partition that is begun anew has nothing of before."""
    stock = stocked(records(1, 1))
    stock.drop([ONE])
    stock.start([ONE])
    assert stock.waiting() == []
    assert stock.wanted(ONE)


def test_read_to_the_end() -> None:
    """A partition is read when nothing of it waits, and what follows is no record."""
    stock = stocked(records(1))
    assert not stock.is_read(ONE)
    assert stock.take_one(ONE) == records(1)[0]
    assert stock.is_read(ONE)
    stock.add(Fetched({}, {ONE: Reach(position=1, end=3)}))
    assert not stock.is_read(ONE)
    stock.add(Fetched({}, {ONE: Reach(position=3, end=3)}))
    assert stock.is_read(ONE)


def test_enough_is_enough() -> None:
    """No more is fetched of a partition of which two batches wait."""
    stock = stocked(records(*[1] * 19), batch_records=10)
    assert stock.wanted(ONE)
    stock.add(Fetched({ONE: records(1), TWO: records(1)}, {}))
    assert not stock.wanted(ONE)
    assert stock.waiting() == [ONE]
