from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace

import pytest

from pipeline.avro import SchemaName, encode
from pipeline.topics import Topic
from pipeline.warehouse import Address, UnknownOutcomeError
from pipeline.warehouse.process import Delivery, Unusable, WritingProcess
from tests.warehouse import records
from tests.warehouse.views import rows_of


@pytest.fixture
def process(address: Address) -> Iterator[WritingProcess]:
    """Return a writing process of the warehouse."""
    with WritingProcess(address) as process:
        yield process


def _touches(*values: bytes) -> Delivery:
    return Delivery(Topic.TOUCHES, list(range(len(values))), list(values))


def _touch(message_id: str) -> bytes:
    return encode(SchemaName.TOUCH, records.touch(message_id=message_id))


def test_rows_of_all_deliveries_are_written(process: WritingProcess, address: Address) -> None:
    """When an order is carried out, the views have its rows."""
    violation = encode(SchemaName.VIOLATION, records.violation())
    order = [_touches(_touch("m1"), _touch("m2")), Delivery(Topic.VIOLATIONS, [0], [violation])]

    assert process.write(order) == []

    assert {row["message_id"] for row in rows_of(address, "touches")} == {"m1", "m2"}
    assert len(rows_of(address, "violations")) == 1


def test_what_gives_no_rows_is_told(process: WritingProcess, address: Address) -> None:
    """A record that is no such record is named with its place and reason; the others count."""
    violation = encode(SchemaName.VIOLATION, records.violation())

    unusable = process.write([_touches(b"garbage", _touch("m1"), violation)])

    assert [(each.delivery, each.record) for each in unusable] == [(0, 0), (0, 2)]
    assert all(isinstance(each, Unusable) and each.reason for each in unusable)
    assert [row["message_id"] for row in rows_of(address, "touches")] == ["m1"]


def test_a_process_that_dies_is_replaced(process: WritingProcess, address: Address) -> None:
    """Nobody knows what it had done, so the order comes again, to another process."""
    others = _children()
    process.write([_touches(_touch("m1"))])
    (child,) = _children() - others
    os.kill(child, signal.SIGKILL)

    with pytest.raises(UnknownOutcomeError, match="ended in the middle"):
        process.write([_touches(_touch("m2"))])
    assert process.write([_touches(_touch("m2"))]) == []

    assert {row["message_id"] for row in rows_of(address, "touches")} == {"m1", "m2"}
    assert child not in _children()


def test_a_warehouse_that_is_away_is_told(address: Address) -> None:
    """The reason comes back, and the process is there for the next try."""
    with WritingProcess(replace(address, port=1)) as process:
        for _ in range(2):
            with pytest.raises(UnknownOutcomeError, match="touches"):
                process.write([_touches(_touch("m1"))])


def test_closing_leaves_no_process(process: WritingProcess) -> None:
    """Whoever stops has no process left behind."""
    others = _children()
    process.write([_touches(_touch("m1"))])
    process.close()
    assert _children() <= others


def _children() -> set[int]:
    """Return the processes that this thread has started and not waited for."""
    with open("/proc/thread-self/children", encoding="ascii") as children:  # noqa: PTH123 - no path of the disk
        return {int(number) for number in children.read().split()}
