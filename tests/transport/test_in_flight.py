from __future__ import annotations

import pytest
from faust.types import TP

from pipeline.transport import Batch, Record, StaleBatchError
from pipeline.transport._in_flight import InFlight

ONE, TWO = TP("in", 0), TP("in", 1)


def hand_out(in_flight: InFlight, tp: TP, size: int = 2) -> Batch:
    """Hand out the next records of a partition."""
    position, generation = in_flight.position(tp), in_flight.generation(tp)
    assert position is not None
    assert generation is not None
    records = [Record(position + n, 0, b"k", b"v") for n in range(size)]
    batch = Batch(*tp, records, generation)
    in_flight.hand_out(batch)
    return batch


def test_room_until_durable() -> None:
    """There is room again once an acknowledged batch has reached the disk, not before."""
    in_flight = InFlight(limit=2)
    in_flight.start({ONE: 10, TWO: 0})
    first = hand_out(in_flight, ONE)
    hand_out(in_flight, ONE)
    assert in_flight.position(ONE) == 14
    assert not in_flight.has_room(ONE)
    assert in_flight.has_room(TWO)
    in_flight.acknowledge([first])
    assert not in_flight.has_room(ONE)
    in_flight.settle([first])
    assert in_flight.has_room(ONE)


def test_next_batch_before_the_last_is_durable() -> None:
    """The next batch may be acknowledged while the one before it is still being written."""
    in_flight = InFlight(limit=2)
    in_flight.start({ONE: 0})
    first, second = hand_out(in_flight, ONE), hand_out(in_flight, ONE)
    with pytest.raises(ValueError, match="reader: the batch of in/0 up to 4 must wait"):
        in_flight.check("reader", [second])
    in_flight.acknowledge([first])
    in_flight.check("reader", [second])


def test_order_within_one_commit() -> None:
    """Within one commit, too, the earlier batch comes first."""
    in_flight = InFlight(limit=2)
    in_flight.start({ONE: 0})
    first, second = hand_out(in_flight, ONE), hand_out(in_flight, ONE)
    in_flight.check("reader", [first, second])
    with pytest.raises(ValueError, match="must wait"):
        in_flight.check("reader", [second, first])
    with pytest.raises(StaleBatchError, match="acknowledged before"):
        in_flight.check("reader", [first, first])


def test_starting_anew() -> None:
    """After a new start nothing from before can be acknowledged, nor does it take up room."""
    in_flight = InFlight(limit=1)
    in_flight.start({ONE: 0, TWO: 0})
    before, other = hand_out(in_flight, ONE), hand_out(in_flight, TWO)
    in_flight.acknowledge([before])
    in_flight.start({ONE: 0})
    in_flight.settle([before])
    with pytest.raises(StaleBatchError, match="taken away"):
        in_flight.check("reader", [before])
    in_flight.check("reader", [other])
    again = hand_out(in_flight, ONE)
    assert not in_flight.has_room(ONE)
    in_flight.check("reader", [again])


def test_a_partition_that_is_gone() -> None:
    """A batch of a partition that was taken away is stale."""
    in_flight = InFlight(limit=1)
    in_flight.start({ONE: 0})
    batch = hand_out(in_flight, ONE)
    in_flight.drop([ONE])
    with pytest.raises(StaleBatchError):
        in_flight.check("reader", [batch])
    assert in_flight.position(ONE) is None


def test_given_back() -> None:
    """Refused batches are the agent's again, in their order, and must come before later ones."""
    in_flight = InFlight(limit=3)
    in_flight.start({ONE: 0})
    batches = [hand_out(in_flight, ONE) for _ in range(3)]
    for batch in batches:
        in_flight.acknowledge([batch])
    in_flight.give_back(batches[:1])
    with pytest.raises(ValueError, match="up to 4 must wait for the one ahead of it"):
        in_flight.check_turn("reader", batches[1:2])
    in_flight.give_back(batches[1:])
    in_flight.check("reader", batches)
    in_flight.acknowledge(batches)
    in_flight.check_turn("reader", batches)


def test_acknowledged_up_to() -> None:
    """Acknowledged is what is durable, not what is on its way."""
    in_flight = InFlight(limit=2)
    assert in_flight.acknowledged(ONE) is None
    in_flight.start({ONE: 10})
    assert in_flight.acknowledged(ONE) == 10
    assert not in_flight.outstanding(ONE)
    batch = hand_out(in_flight, ONE)
    in_flight.acknowledge([batch])
    assert in_flight.acknowledged(ONE) == 10
    assert in_flight.outstanding(ONE)
    in_flight.settle([batch])
    assert in_flight.acknowledged(ONE) == 12
    assert not in_flight.outstanding(ONE)


def test_settled_after_a_reassignment() -> None:
    """What becomes durable after its partition was begun anew changes nothing of the new."""
    in_flight = InFlight(limit=2)
    in_flight.start({ONE: 0})
    batch = hand_out(in_flight, ONE)
    in_flight.acknowledge([batch])
    in_flight.start({ONE: 0})
    in_flight.settle([batch])
    assert in_flight.acknowledged(ONE) == 0
