from __future__ import annotations

from collections.abc import Callable
from itertools import count, permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.topics import Topic
from pipeline.warehouse import Address, PendingRows, Writer
from pipeline.warehouse.tables import CONTENTS
from tests.warehouse import records
from tests.warehouse.records import Record, write
from tests.warehouse.views import Row, rows_of

Make = Callable[..., Record]

VIEWS: dict[Topic, tuple[str, Make]] = {
    Topic.TOUCHES: ("touches", records.touch),
    Topic.REPLY_OUTCOMES: ("replies", records.reply),
    Topic.AUDIENCE_MESSAGES: ("audience_messages", records.audience_message),
    Topic.VIOLATIONS: ("violations", records.violation),
}
CHANGING = {
    Topic.TOUCHES: "template_id",
    Topic.REPLY_OUTCOMES: "reply_class",
    Topic.AUDIENCE_MESSAGES: "kind",
    Topic.VIOLATIONS: "detail",
}
"""A field of each that is no part of its key."""


@pytest.mark.parametrize("topic", VIEWS)
@pytest.mark.parametrize("order", list(permutations((1, 2, 3))))
def test_the_greatest_version_holds_whichever_order_they_come_in(
    address: Address, topic: Topic, order: tuple[int, ...]
) -> None:
    """Three versions of one row, each in a block of its own: the view shows the third, once."""
    view, make = VIEWS[topic]
    for version in order:
        write(address, topic, make(**{CHANGING[topic]: f"v{version}"}), version)

    (row,) = rows_of(address, view)

    assert row[CHANGING[topic]] == "v3"


@pytest.mark.parametrize("topic", VIEWS)
@pytest.mark.parametrize("last_comes_first", [False, True])
def test_a_withdrawn_row_vanishes(
    address: Address, topic: Topic, *, last_comes_first: bool
) -> None:
    """It does so whether its withdrawal comes after it or before it, and may come back later."""
    view, make = VIEWS[topic]
    versions = [(1, make()), (2, make(withdrawn=True))]
    for version, record in reversed(versions) if last_comes_first else versions:
        write(address, topic, record, version)
    assert rows_of(address, view) == []

    write(address, topic, make(), 3)

    assert len(rows_of(address, view)) == 1


@pytest.mark.parametrize(
    ("view", "make", "number"),
    [
        ("response_rates", records.response_cell, "attempts"),
        ("step_rates", records.step_cell, "touches"),
    ],
)
def test_a_cell_that_is_empty_again_vanishes(
    address: Address, view: str, make: Make, number: str
) -> None:
    """Its counts are absolute: the last ones hold, and zeros are no row."""
    write(address, Topic.RATE_CELLS, make(**{number: 5}), 2)
    write(address, Topic.RATE_CELLS, make(**{number: 9}), 1)
    assert [row[number] for row in rows_of(address, view)] == [5]

    write(address, Topic.RATE_CELLS, make(**{number: 0}), 3)

    assert rows_of(address, view) == []


@pytest.mark.parametrize("topic", VIEWS)
def test_views_need_no_final(address: Address, topic: Topic) -> None:
    """While several versions of a row stand in the table, its view shows one."""
    view, make = VIEWS[topic]
    table = f"{address.facts}.{CONTENTS[topic].tables[0].name}"
    with address.connect() as client:
        client.execute(f"SYSTEM STOP MERGES {table}")
        for version in range(1, 4):
            write(address, topic, make(), version)

        assert client.execute(f"SELECT count() FROM {table}") == [(3,)]
        assert client.execute(f"SELECT count() FROM {address.database}.{view}") == [(1,)]

        client.execute(f"SYSTEM START MERGES {table}")
        client.execute(f"OPTIMIZE TABLE {table} FINAL")
        assert client.execute(f"SELECT count() FROM {table}") == [(1,)]
        assert client.execute(f"SELECT count() FROM {address.database}.{view}") == [(1,)]


def test_the_smallest_event_counts_for_a_request(address: Address) -> None:
    """Of several events about one request that with the smallest time and event id is shown."""
    for version, (at, event_id) in enumerate([(2, "a"), (1, "c"), (1, "b"), (3, "a")]):
        record = records.send_request(occurred_at=at, event_id=event_id)
        write(address, Topic.SEND_REQUESTS, record, version)

    (row,) = rows_of(address, "send_requests")

    assert (row["requested_at"], row["event_id"]) == (1, "b")


EXAMPLES = count()
"""All examples of one property share a warehouse; each has a workspace of its own."""
VERSIONS = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 9), st.booleans()), max_size=30)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data(), versions=VERSIONS)
def test_any_grouping_of_any_versions_ends_alike(
    address: Address, data: st.DataObject, versions: list[tuple[int, int, bool]]
) -> None:
    """However rows are cut into blocks, doubled and mixed, each key shows its greatest version."""
    workspace = f"example {next(EXAMPLES)}"
    held = {
        (key, version): records.touch(
            workspace=workspace, message_id=f"m{key}", step=version, withdrawn=withdrawn
        )
        for key, version, withdrawn in versions
    }
    arriving = data.draw(st.permutations([*held, *held]))
    while arriving:
        size = data.draw(st.integers(1, len(arriving)))
        _write_block(address, {each: held[each] for each in arriving[:size]})
        arriving = arriving[size:]

    found = {
        row["message_id"]: row["step"]
        for row in rows_of(address, "touches")
        if row["workspace"] == workspace
    }

    greatest = {key: max(version for each, version in held if each == key) for key, _ in held}
    assert found == {
        f"m{key}": version
        for key, version in greatest.items()
        if not held[key, version]["withdrawn"]
    }


def _write_block(address: Address, some: dict[tuple[int, int], Record]) -> None:
    rows = PendingRows()
    for (_, version), record in some.items():
        body = {"body": dict(record["body"])}
        rows.add(CONTENTS[Topic.TOUCHES].tables, record | body, version)
    writer = Writer(address)
    rows.write(writer)
    writer.close()


def test_writing_again_changes_nothing(address: Address) -> None:
    """A write whose outcome is unknown may be repeated as often as one likes."""
    rows = PendingRows()
    for number in range(500):
        record = records.touch(message_id=f"m{number}")
        rows.add(CONTENTS[Topic.TOUCHES].tables, record, number)
    writer = Writer(address)
    rows.write(writer)
    first: list[Row] = rows_of(address, "touches")

    for _ in range(3):
        rows.write(writer)
    writer.close()

    again = rows_of(address, "touches")
    assert len(first) == 500
    assert sorted(map(repr, again)) == sorted(map(repr, first))
