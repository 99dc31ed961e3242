from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import pytest

from pipeline.avro import decode, encode, seal_plain
from pipeline.topics import Topic
from pipeline.warehouse import (
    Address,
    Fingerprint,
    PendingRows,
    Writer,
    empty_tables,
    fingerprints,
    migrate,
    migrations,
)
from pipeline.warehouse.tables import CONTENTS
from tests.warehouse import records
from tests.warehouse.records import Record
from tests.warehouse.views import rows_of

Make = Callable[..., Record]

TEXT, NUMBER, HOUR_LATER = "another", 99, 1_767_229_200_000
ACCOUNT = {"workspace": TEXT, "platform": "x", "account_id": TEXT}
MESSAGE = {
    **ACCOUNT,
    "message_id": TEXT,
    "creator_id": TEXT,
    "event_id": TEXT,
    "body": seal_plain(TEXT),
}
RATE = {**ACCOUNT, "campaign_id": TEXT, "template_id": TEXT, "hour": HOUR_LATER}
VIEWS: dict[str, tuple[Topic, Make, dict[str, object]]] = {
    "touches": (
        Topic.TOUCHES,
        records.touch,
        {
            **MESSAGE,
            "campaign_id": TEXT,
            "template_id": TEXT,
            "step": NUMBER,
            "phase": "conversation",
            "attempt_started_at": HOUR_LATER,
            "sent_at": HOUR_LATER,
            "replied_at": 0,
            "reply_class": "",
            "seconds_to_reply": 0,
            "creator_followers": 0,
            "creator_email_listed": False,
            "quality": 0,
        },
    ),
    "signals": (
        Topic.TOUCHES,
        records.spammy_touch,
        {
            **ACCOUNT,
            "message_id": TEXT,
            "creator_id": TEXT,
            "campaign_id": TEXT,
            "signal": "shouting",
            "evidence": "",
            "sent_at": HOUR_LATER,
        },
    ),
    "campaign_risk": (
        Topic.CAMPAIGN_RISK,
        records.campaign_risk,
        {
            "workspace": TEXT,
            "campaign_id": TEXT,
            "risk": NUMBER,
            "signals": "",
            "paused": True,
            "updated_at": HOUR_LATER,
        },
    ),
    "alerts": (
        Topic.ALERTS,
        records.alert,
        {
            "workspace": TEXT,
            "alert_id": TEXT,
            "campaign_id": TEXT,
            "sequence": NUMBER,
            "risk": NUMBER,
            "highest": NUMBER,
            "at": HOUR_LATER,
            "opened_at": HOUR_LATER,
            "resolved_at": 0,
            "paused": True,
            "sentences": [],
            "evidence": [
                {
                    "signal": "",
                    "platform": "x",
                    "account_id": "brand",
                    "message_id": "m1",
                    "words": seal_plain("hi <name>"),
                    "creator_id": "ana",
                    "sent_at": 0,
                }
            ],
        },
    ),
    "replies": (
        Topic.REPLY_OUTCOMES,
        records.reply,
        {
            **MESSAGE,
            "campaign_id": TEXT,
            "received_at": HOUR_LATER,
            "reply_class": "",
            "credited_message_id": "",
        },
    ),
    "audience_messages": (
        Topic.AUDIENCE_MESSAGES,
        records.audience_message,
        {**MESSAGE, "received_at": HOUR_LATER, "kind": "story_reply"},
    ),
    "violations": (
        Topic.VIOLATIONS,
        records.violation,
        {
            **ACCOUNT,
            "message_id": TEXT,
            "creator_id": TEXT,
            "campaign_id": TEXT,
            "rule": "opted_out",
            "sent_at": HOUR_LATER,
            "detail": "",
        },
    ),
    "response_rates": (
        Topic.RATE_CELLS,
        records.response_cell,
        {
            **RATE,
            "attempts": NUMBER,
            **dict.fromkeys(("replied_attempts", "positive_attempts", "opt_outs"), 0),
        },
    ),
    "step_rates": (
        Topic.RATE_CELLS,
        records.step_cell,
        {
            **RATE,
            "step": NUMBER,
            "touches": NUMBER,
            **dict.fromkeys(("replied_touches", "positive_touches", "reply_seconds"), 0),
        },
    ),
    "send_requests": (
        Topic.SEND_REQUESTS,
        records.send_request,
        {
            **{name: value for name, value in MESSAGE.items() if name != "message_id"},
            "request_id": TEXT,
            "occurred_at": HOUR_LATER,
            "campaign_id": TEXT,
            "template_id": TEXT,
        },
    ),
    "dead_letters": (
        Topic.DEAD_LETTERS,
        records.dead_letter,
        {
            "dead_letter_id": TEXT,
            "topic": TEXT,
            "partition": NUMBER,
            "offset": NUMBER,
            "source": TEXT,
            "line": NUMBER,
            "field": TEXT,
            "reason": TEXT,
            "payload": b"\xff\x00",
            "at": HOUR_LATER,
            "replayed_at": 0,
        },
    ),
}
"""What writes a row of each view, and another value for each of its columns.

Where the row has no value, the other one is the nearest to none.
"""

RENAMED = {
    "send_requests": {"occurred_at": "requested_at"},
    "alerts": {"sentences": "evidence", "evidence": "examples"},
}
"""What a column is called where its field has another name."""


def with_other(make: Make, name: str, value: object) -> Record:
    """Return a record with another value; the account of a cell stands beside it."""
    record = make()
    return record | {name: value} if name in record else make(**{name: value})


def put(address: Address, topic: Topic, *some: Record, version: int = 1) -> None:
    """Bring records into the warehouse, each in a block of its own."""
    schema, tables, _ = CONTENTS[topic]
    writer = Writer(address)
    for record in some:
        rows = PendingRows()
        rows.add(tables, decode(encode(schema, record))[1], version)
        rows.write(writer)
    writer.close()


@pytest.mark.parametrize("view", VIEWS)
def test_a_fingerprint_changes_with_any_cell(address: Address, view: str) -> None:
    """Rows that differ in one column have different ones; also where only nothing became 0 or ''.

    Every column of the view is tried, and no other view's fingerprint changes.
    """
    topic, make, others = VIEWS[view]
    empty = fingerprints(address)
    changes: list[Fingerprint] = []
    for record in (make(), *(with_other(make, *change) for change in others.items())):
        empty_tables(address)
        put(address, topic, record)
        after = fingerprints(address)
        # A signal stands in its touch.
        changed = {view, "touches"} if view == "signals" else {view}
        assert {each for each in after if after[each] != empty[each]} == changed
        changes.append(after[view])

    assert len(set(changes)) == 1 + len(others)
    (row,) = rows_of(address, view)
    renamed = RENAMED.get(view, {})
    assert {renamed.get(name, name) for name in others} == row.keys()


def test_a_fingerprint_is_the_same_in_whatever_order_rows_come(address: Address) -> None:
    """Neither the order of blocks nor what later versions replaced leaves a trace."""
    some = [records.touch(message_id=f"m{number}", step=number) for number in range(3)]
    found = set()
    for order in permutations(some):
        empty_tables(address)
        put(address, Topic.TOUCHES, *order)
        found.add(fingerprints(address)["touches"])
    put(address, Topic.TOUCHES, records.touch(message_id="m1", step=5), version=2)
    put(address, Topic.TOUCHES, some[1], version=3)
    found.add(fingerprints(address)["touches"])

    ((rows, _),) = found
    assert rows == 3


def test_a_fingerprint_says_which_row_has_a_value(address: Address) -> None:
    """Two rows that swap a value have another one, though their columns hold the same."""
    found = set()
    for templates in permutations(["warm", "brief"]):
        empty_tables(address)
        for message, template in zip(("m1", "m2"), templates, strict=True):
            touch = records.touch(message_id=message, template_id=template)
            put(address, Topic.TOUCHES, touch)
        found.add(fingerprints(address)["touches"])

    assert len(found) == 2


def test_a_fingerprint_tells_text_from_what_it_looks_like(address: Address) -> None:
    """A text that reads like the absence of one, or like a border between two, is not the same."""
    looks: list[dict[str, object]] = [
        {"campaign_id": "a','b", "message_id": "c"},
        {"campaign_id": "a", "message_id": "b','c"},
        {"credited_message_id": None},
        {"credited_message_id": "NULL"},
        {"credited_message_id": "\\N"},
    ]
    found = set()
    for fields in looks:
        empty_tables(address)
        put(address, Topic.REPLY_OUTCOMES, records.reply(**fields))
        found.add(fingerprints(address)["replies"])

    assert len(found) == len(looks)


def test_an_empty_warehouse_has_fingerprints_too(address: Address) -> None:
    """Every view has one, of no rows, so that a view that lost all its rows is noticed."""
    found = fingerprints(address)

    assert found.keys() == VIEWS.keys()
    assert {rows for rows, _ in found.values()} == {0}


def test_emptied_tables_hold_nothing_but_their_migrations(address: Address) -> None:
    """All views are empty, nothing is to be migrated, and older versions can be written again."""
    empty = fingerprints(address)
    for topic, make, _ in VIEWS.values():
        put(address, topic, make(), version=9)
    full = fingerprints(address)
    assert {rows for rows, _ in full.values()} == {1}

    empty_tables(address)

    assert fingerprints(address) == empty
    with address.connect() as client:
        done = client.execute(f"SELECT name FROM {address.facts}.migrations ORDER BY number")
    assert [name for (name,) in done] == [each.name for each in migrations(address)]
    assert migrate(address) == []
    for topic, make, _ in VIEWS.values():
        put(address, topic, make(), version=1)
    assert fingerprints(address) == full
