from __future__ import annotations

from faust.types import TP

from pipeline.transport import Batch, Record
from pipeline.transport._in_flight import InFlight
from pipeline.transport.kafka._progress import Progress
from pipeline.transport.kafka._settings import Settings
from pipeline.transport.kafka._stock import Stock
from pipeline.transport.kafka._thread import Fetched, Reach

ONE = TP("in", 0)


class Worker:
    """One partition, from offset 10 on."""

    def __init__(self) -> None:
        self.in_flight = InFlight(limit=2)
        self.in_flight.start({ONE: 10})
        self.stock = Stock(Settings())
        self.stock.start([ONE])
        self.progress = Progress(self.in_flight)

    def lag(self) -> int:
        """Return what is left of it."""
        return self.progress.lag(self.stock, [ONE])[ONE]

    def fetch(self, position: int, end: int) -> None:
        """Have read up to a position of a partition with this end."""
        self.stock.add(Fetched({}, {ONE: Reach(position, end)}))

    def hand_out(self, next_offset: int) -> Batch:
        """Give an agent a batch up to an offset."""
        record = Record(next_offset - 1, 0, b"k", b"v")
        batch = Batch(*ONE, [record], self.in_flight.generation(ONE) or 0)
        self.in_flight.hand_out(batch)
        return batch


def test_what_is_not_read_counts() -> None:
    """Whatever stands before the end is left, as long as it is not known to be no record."""
    worker = Worker()
    worker.progress.appended({ONE: 15})
    assert worker.lag() == 5
    worker.fetch(12, 16)
    assert worker.lag() == 6


def test_what_is_no_record_does_not_count() -> None:
    """Markers and aborted records at the end keep nobody waiting."""
    worker = Worker()
    worker.fetch(16, 16)
    assert worker.lag() == 0


def test_what_an_agent_has_counts_until_it_is_durable() -> None:
    """A batch counts from when it is handed out until its commit holds."""
    worker = Worker()
    worker.fetch(16, 16)
    batch = worker.hand_out(15)
    assert worker.lag() == 5
    worker.in_flight.acknowledge([batch])
    assert worker.lag() == 5
    worker.in_flight.settle([batch])
    assert worker.lag() == 0


def test_what_was_appended_by_this_worker_counts_at_once() -> None:
    """Outputs of a commit count before they have been fetched."""
    worker = Worker()
    worker.fetch(16, 16)
    worker.progress.appended({ONE: 18})
    assert worker.lag() == 8


def test_a_partition_that_is_not_begun() -> None:
    """Of a partition that is not begun nothing is said."""
    worker = Worker()
    worker.in_flight.drop([ONE])
    assert worker.progress.lag(worker.stock, [ONE]) == {}
