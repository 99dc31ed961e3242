from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.avro import seal_plain
from pipeline.topics import Topic
from pipeline.warehouse import Address
from pipeline.warehouse.tables import CONTENTS
from tests.warehouse import records
from tests.warehouse.records import LATEST, Record, write
from tests.warehouse.views import Row, rows_of

Make = Callable[..., Record]

LONG_BODY = "🙃\x00" * 10_000
ODD_ID = "„ö“\t\n\\N'\"\x00🙃"
LARGEST, LARGEST_INT = 2**63 - 1, 2**31 - 1

EXAMPLE = {
    "signal": "",
    "platform": "x",
    "account_id": "brand",
    "creator_id": ODD_ID,
    "message_id": "m1",
    "sent_at": LATEST,
    "words": seal_plain(LONG_BODY),
}
MESSAGES: list[tuple[Topic, str, Make, list[dict[str, object]]]] = [
    (
        Topic.TOUCHES,
        "touches",
        records.touch,
        [
            {},
            {
                "step": LARGEST_INT,
                "phase": "conversation",
                "attempt_started_at": 0,
                "sent_at": LATEST,
                "replied_at": LATEST,
                "reply_class": "opt_out",
                "seconds_to_reply": LARGEST,
                "creator_followers": LARGEST,
                "creator_email_listed": True,
                "quality": 100,
            },
            {"replied_at": 0, "reply_class": "", "seconds_to_reply": 0, "creator_followers": 0},
            {"creator_email_listed": False, "campaign_id": "", "template_id": "", "quality": 0},
        ],
    ),
    (
        Topic.CAMPAIGN_RISK,
        "campaign_risk",
        records.campaign_risk,
        [{}, {"risk": 100, "paused": True, "signals": LONG_BODY, "updated_at": LATEST}],
    ),
    (
        Topic.ALERTS,
        "alerts",
        records.alert,
        [
            {},
            {
                "sequence": LARGEST_INT,
                "change": "resolved",
                "resolved_at": LATEST,
                "sentences": [LONG_BODY, ""],
                "evidence": [EXAMPLE],
            },
        ],
    ),
    (
        Topic.REPLY_OUTCOMES,
        "replies",
        records.reply,
        [{}, {"received_at": 0, "credited_message_id": ODD_ID}, {"credited_message_id": ""}],
    ),
    (
        Topic.AUDIENCE_MESSAGES,
        "audience_messages",
        records.audience_message,
        [{}, {"received_at": LATEST, "kind": "story_mention"}],
    ),
    (
        Topic.VIOLATIONS,
        "violations",
        records.violation,
        [{}, {"sent_at": LATEST, "detail": LONG_BODY, "campaign_id": ""}],
    ),
]
ROUND_TRIPS = [
    pytest.param(topic, view, make(**fields), id=f"{view}-{number}")
    for topic, view, make, all_fields in MESSAGES
    for number, fields in enumerate(all_fields)
]


@pytest.mark.parametrize(("topic", "view", "record"), ROUND_TRIPS)
def test_a_record_is_a_row_of_its_view(
    address: Address, topic: Topic, view: str, record: Record
) -> None:
    """Every field comes out as it went in, nothing and extremes included."""
    write(address, topic, record)

    assert rows_of(address, view) == [shown(record)]


@pytest.mark.parametrize("evidence", ["", LONG_BODY])
def test_a_signal_of_a_touch_is_a_row_of_its_view(address: Address, evidence: str) -> None:
    """It is there with the words that show it, as long as its touch is, and has it."""
    write(address, Topic.TOUCHES, records.spammy_touch(signal="link", evidence=evidence), 1)
    (row,) = rows_of(address, "signals")
    assert (row["message_id"], row["signal"], row["evidence"]) == ("m1", "link", evidence)

    write(address, Topic.TOUCHES, records.touch(), 2)
    assert rows_of(address, "signals") == []

    write(address, Topic.TOUCHES, records.spammy_touch(withdrawn=True), 3)
    assert rows_of(address, "signals") == []


def shown(record: Record) -> Row:
    """Return the row of a record that is not withdrawn."""
    row = {name: value for name, value in record.items() if name != "withdrawn"}
    if "alert_id" in row:
        del row["change"]
        names = ("platform", "account_id", "creator_id", "message_id", "sent_at")
        examples = [
            {name: each[name] for name in names} | {"text": each["words"]["bytes"].decode()}
            for each in row["evidence"]
        ]
        row["examples"] = msgspec.json.encode(examples).decode()
        row["evidence"] = row.pop("sentences")
    if "body" in row:
        row.pop("signals", None)
        row["body"] = row["body"]["bytes"].decode()
    return row


@pytest.mark.parametrize(
    ("make", "view", "cells"),
    [
        (records.response_cell, "response_rates", "response_cells"),
        (records.step_cell, "step_rates", "step_cells"),
    ],
)
@pytest.mark.parametrize("fields", [{}, {"hour": 0, "campaign_id": "", "template_id": ODD_ID}])
def test_a_cell_is_a_row_of_its_view(
    address: Address, make: Make, view: str, cells: str, fields: dict[str, object]
) -> None:
    """The row has the account of the record, and the cell's counts, however large."""
    record = make(**fields)
    (cell,) = record[cells]
    cell[list(cell)[-1]] = LARGEST
    write(address, Topic.RATE_CELLS, record)

    account = {name: record[name] for name in ("workspace", "platform", "account_id")}
    assert rows_of(address, view) == [account | cell]


def test_a_send_request_is_a_row_of_its_view(address: Address) -> None:
    """Its moment is called `requested_at`, and absent names are empty."""
    write(address, Topic.SEND_REQUESTS, records.send_request(occurred_at=LATEST))

    assert rows_of(address, "send_requests") == [
        {
            "workspace": "north",
            "platform": "instagram",
            "account_id": "brand",
            "request_id": "q1",
            "creator_id": "ana",
            "campaign_id": "",
            "template_id": "",
            "requested_at": LATEST,
            "event_id": "e4",
            "body": "Hi Ana",
        }
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"topic": "outreach.dm-sent", "partition": LARGEST_INT, "offset": LARGEST, "at": LATEST},
        {"payload": b"\xc3\x01\x00\xff" * 300_000},
    ],
)
def test_a_dead_letter_is_a_row_of_its_view(address: Address, fields: dict[str, object]) -> None:
    """Its payload comes out byte for byte, whatever its bytes are."""
    letter = records.dead_letter(**fields)
    write(address, Topic.DEAD_LETTERS, letter)

    payload = letter["payload"]
    text = payload.decode() if payload == b"{}" else payload
    assert rows_of(address, "dead_letters") == [letter | {"payload": text}]


EXAMPLES = count()
"""All examples share a warehouse; each has a workspace of its own."""
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.just(LONG_BODY)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=st.lists(TEXTS, min_size=5, max_size=5))
def test_any_text_comes_out_as_it_went_in(address: Address, texts: list[str]) -> None:
    """Also NUL, line breaks, what other formats escape, and 20,000 characters of it."""
    workspace, message, creator, campaign, body = texts
    names = {
        "workspace": f"{next(EXAMPLES)} {workspace}",
        "message_id": message,
        "creator_id": creator,
    }
    record = records.touch(**names, campaign_id=campaign, body=seal_plain(body))
    write(address, Topic.TOUCHES, record)

    found = [row for row in rows_of(address, "touches") if row["workspace"] == names["workspace"]]

    assert shown(record) in found


def test_every_topic_of_the_warehouse_is_tried() -> None:
    """The tests of this file leave no topic out."""
    tried: set[Any] = {topic for topic, *_ in MESSAGES}
    assert tried | {Topic.RATE_CELLS, Topic.SEND_REQUESTS, Topic.DEAD_LETTERS} == set(CONTENTS)
