"""`outreach`, with its agents watched, and killed where a plan says so.

    python -m tests.faults._outreach PLAN ARGUMENTS…

The plan is JSON. Everything else is as in `python -m agents ARGUMENTS…`, but that it says where it
is upon SIGUSR1.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import cast

import faust
import msgspec

from agents import outreach_app
from pipeline.cli import main as command_line
from pipeline.transport import Batch
from pipeline.transport._in_flight import InFlight
from pipeline.transport.kafka._progress import Progress
from pipeline.transport.kafka._transport import Transport as KafkaTransport
from pipeline.transport.sqlite._transport import Transport as SqliteTransport
from pipeline.worker import Context
from tests.faults._crashing import crashing_producer
from tests.faults._notes import Moment, NoteBook
from tests.faults._plan import Plan
from tests.faults._stacks import write_stacks


class _WatchedInFlight(InFlight):
    """Notes what is handed out and what is acknowledged."""

    def __init__(self, limit: int, book: NoteBook) -> None:
        super().__init__(limit)
        self._book = book

    def hand_out(self, batch: Batch) -> None:
        super().hand_out(batch)
        self._book.note(Moment.HANDED_OUT, [batch])

    def settle(self, batches: Iterable[Batch]) -> None:
        settled = list(batches)
        super().settle(settled)
        self._book.note(Moment.ACKNOWLEDGED, settled)


def main(plan: Plan) -> None:
    """Run the command that the arguments name."""
    signal.signal(signal.SIGUSR1, write_stacks)
    book = NoteBook(Path(plan.notes))

    def make_app(log: str, context: Context) -> faust.App:
        url, _, _ = log.partition("?")
        app = outreach_app(
            f"{url}?batch_records={plan.batch_records}",
            replace(
                context,
                insert_rows=plan.insert_rows,
                warehouse=plan.warehouse or context.warehouse,
            ),
        )
        transport = cast("KafkaTransport | SqliteTransport", app.transport)
        transport.in_flight = _WatchedInFlight(transport.settings.batches_in_flight, book)
        if isinstance(transport, KafkaTransport):
            transport.progress = Progress(transport.in_flight)
        if plan.crash is not None:
            producer = crashing_producer(transport.Producer, plan.crash, book)
            transport.Producer = producer  # type: ignore[misc]  # this app's alone
        return app

    command_line(make_app)


if __name__ == "__main__":
    main(msgspec.json.decode(sys.argv.pop(1), type=Plan))
