from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.avro import DEFAULT_WORKSPACE, DecodeError, DecodeFailure
from pipeline.topics import Topic
from pipeline.warehouse._pending import PendingRows
from pipeline.warehouse.tables import CONTENTS
from tests.warehouse import records
from tests.warehouse.records import LATEST, Record


def rows_of(topic: Topic, record: Record) -> PendingRows:
    """Return the rows that a decoded record gives."""
    rows = PendingRows()
    rows.add(CONTENTS[topic].tables, record, 1)
    return rows


@pytest.mark.parametrize(
    ("topic", "record", "field"),
    [
        (Topic.TOUCHES, records.touch, "sent_at"),
        (Topic.TOUCHES, records.touch, "attempt_started_at"),
        (Topic.TOUCHES, records.touch, "replied_at"),
        (Topic.TOUCHES, records.touch, "step"),
        (Topic.VIOLATIONS, records.violation, "sent_at"),
        (Topic.REPLY_OUTCOMES, records.reply, "received_at"),
        (Topic.AUDIENCE_MESSAGES, records.audience_message, "received_at"),
        (Topic.RATE_CELLS, records.response_cell, "hour"),
        (Topic.RATE_CELLS, records.step_cell, "hour"),
        (Topic.RATE_CELLS, records.step_cell, "step"),
        (Topic.DEAD_LETTERS, records.dead_letter, "at"),
        (Topic.DEAD_LETTERS, records.dead_letter, "replayed_at"),
    ],
)
@pytest.mark.parametrize("number", [-1, LATEST + 1, 2**63 - 1, -(2**63)])
def test_a_number_that_nobody_could_show_gives_no_row(
    topic: Topic, record: Callable[..., Record], field: str, number: int
) -> None:
    """The server would refuse the whole block for ever, or clients the whole column."""
    with pytest.raises(DecodeError) as caught:
        rows_of(topic, record(**{field: number}))
    assert (caught.value.failure, caught.value.field) == (DecodeFailure.OUT_OF_RANGE, field)
    assert rows_of(topic, record(**{field: 0})).count == 1


def test_a_record_gives_all_its_rows_or_none() -> None:
    """A cell of the second table that is no use takes those of the first with it."""
    rows = PendingRows()
    record = records.response_cell() | {"step_cells": records.step_cell(step=-1)["step_cells"]}
    with pytest.raises(DecodeError):
        rows.add(CONTENTS[Topic.RATE_CELLS].tables, record, 1)
    assert rows.count == 0


def test_a_request_of_no_workspace_is_the_default_one_s() -> None:
    """A writer that has no null writes empty text, and means the same as of any other event."""
    (table,) = CONTENTS[Topic.SEND_REQUESTS].tables
    ((workspace, *_),) = table.rows(records.send_request(workspace=""), 1)
    assert workspace == DEFAULT_WORKSPACE
