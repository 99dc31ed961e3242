from __future__ import annotations

from typing import Any, cast

from faust.types import TP

from pipeline.transport import Batch, Record, Standing
from pipeline.transport._in_flight import InFlight
from pipeline.transport.app import create_app
from pipeline.transport.kafka._ends import Ends
from pipeline.transport.kafka._progress import Progress
from pipeline.transport.kafka._settings import Settings
from pipeline.transport.kafka._standings import Standings
from pipeline.transport.kafka._stock import Stock
from pipeline.transport.kafka._thread import Fetched, Reach
from pipeline.transport.kafka._transport import Transport
from pipeline.web import listening

IN = TP("in", 0)
RECORDS = [Record(offset, 1_000 + offset, None, b"value") for offset in range(10, 13)]


def standing(acknowledged: int, handed_out: int, **rest: Any) -> Standing:  # noqa: ANN401 - any
    """Return a standing of the agent, which has nothing unless it is said."""
    return Standing(
        "reader", acknowledged, handed_out, **{"records_out": 0, "oldest": None, **rest}
    )


class Reading:
    """What one worker knows of a partition that it begins to read at offset 10."""

    def __init__(self) -> None:
        self.in_flight = InFlight(2)
        self.stock = Stock(Settings())
        self.standings = Standings(self.in_flight, Progress(self.in_flight), self.stock)
        self.in_flight.start({IN: 10})
        self.stock.start([IN])

    def fetch(self, records: list[Record], position: int, end: int) -> None:
        """Let records arrive."""
        self.stock.add(Fetched({IN: records}, {IN: Reach(position, end)}))

    def hand_out(self) -> Batch:
        """Hand what is there to the agent."""
        generation = self.in_flight.generation(IN)
        assert generation is not None
        batch = Batch(IN.topic, IN.partition, self.stock.take_batch(IN), generation)
        self.in_flight.hand_out(batch)
        return batch

    def acknowledge(self, batch: Batch) -> None:
        """Let a batch become durable."""
        self.in_flight.acknowledge([batch])
        self.in_flight.settle([batch])

    @property
    def standing(self) -> Standing:
        """How far it is."""
        return self.standings.of([IN], {"in": "reader"})[IN]


def test_a_batch_is_followed_from_the_broker_to_its_acknowledgement() -> None:
    """It waits, then the agent has it, then it is done; the marker keeps nobody waiting."""
    reading = Reading()
    assert reading.standing == Standing(
        "reader", 10, 10, lag=0, waits=False, records_out=0, oldest=None
    )
    reading.fetch(RECORDS, position=14, end=14)
    assert reading.standing == Standing(
        "reader", 10, 10, lag=4, waits=True, records_out=0, oldest=None
    )
    batch = reading.hand_out()
    assert reading.standing == Standing(
        "reader", 10, 13, lag=3, waits=False, records_out=3, oldest=1_010
    )
    reading.acknowledge(batch)
    assert reading.standing == Standing(
        "reader", 13, 13, lag=0, waits=False, records_out=0, oldest=None
    )


def test_what_does_not_arrive_waits() -> None:
    """The brokers say that there is more, and the consumer has come to a stop."""
    reading = Reading()
    reading.fetch([], position=10, end=10)
    assert reading.standing.waits is False
    reading.standings.note({IN: 20})
    assert (reading.standing.waits, reading.standing.lag) == (True, 10)


async def test_brokers_that_are_away_do_not_answer() -> None:
    """That is said, and no client is left behind."""
    with listening("127.0.0.1", 0) as (taken,):
        nobody = taken.getsockname()[1]
    app = create_app("reading", f"kafka://127.0.0.1:{nobody}")
    ends = Ends(cast("Transport", app.transport))
    assert not await Reading().standings.learn(ends, [IN])
    await ends.close()
    assert await ends.of([IN]) == {}
