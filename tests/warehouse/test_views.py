from __future__ import annotations

import pytest

from pipeline.warehouse import Address
from tests.warehouse.views import view_names

MOMENT, TEXT, COUNT = "DateTime64(3, 'UTC')", "String", "Int64"
ACCOUNT = {"workspace": TEXT, "platform": TEXT, "account_id": TEXT}
PROMISED: dict[str, dict[str, str]] = {
    "touches": ACCOUNT
    | {
        "message_id": TEXT,
        "creator_id": TEXT,
        "campaign_id": TEXT,
        "template_id": TEXT,
        "step": "UInt32",
        "phase": TEXT,
        "attempt_started_at": MOMENT,
        "sent_at": MOMENT,
        "event_id": TEXT,
        "body": TEXT,
        "replied_at": f"Nullable({MOMENT})",
        "reply_class": "Nullable(String)",
        "seconds_to_reply": "Nullable(Int64)",
        "creator_followers": "Nullable(Int64)",
        "creator_email_listed": "Nullable(Bool)",
        "quality": "Nullable(UInt8)",
    },
    "signals": ACCOUNT
    | {
        "message_id": TEXT,
        "campaign_id": TEXT,
        "signal": TEXT,
        "evidence": TEXT,
        "sent_at": MOMENT,
    },
    "campaign_risk": {
        "workspace": TEXT,
        "campaign_id": TEXT,
        "risk": "UInt8",
        "signals": TEXT,
        "paused": "Bool",
        "updated_at": MOMENT,
    },
    "alerts": {
        "workspace": TEXT,
        "alert_id": TEXT,
        "campaign_id": TEXT,
        "risk": "UInt8",
        "opened_at": MOMENT,
        "resolved_at": f"Nullable({MOMENT})",
        "evidence": "Array(String)",
    },
    "replies": ACCOUNT
    | {
        "message_id": TEXT,
        "creator_id": TEXT,
        "campaign_id": TEXT,
        "received_at": MOMENT,
        "body": TEXT,
        "reply_class": TEXT,
        "credited_message_id": "Nullable(String)",
    },
    "violations": ACCOUNT
    | {
        "message_id": TEXT,
        "creator_id": TEXT,
        "campaign_id": TEXT,
        "rule": TEXT,
        "sent_at": MOMENT,
        "detail": TEXT,
    },
    "audience_messages": ACCOUNT
    | {"message_id": TEXT, "creator_id": TEXT, "received_at": MOMENT, "body": TEXT},
    "response_rates": ACCOUNT
    | {
        "campaign_id": TEXT,
        "template_id": TEXT,
        "hour": MOMENT,
        "attempts": COUNT,
        "replied_attempts": COUNT,
        "positive_attempts": COUNT,
        "opt_outs": COUNT,
    },
    "step_rates": ACCOUNT
    | {
        "campaign_id": TEXT,
        "template_id": TEXT,
        "step": "UInt32",
        "hour": MOMENT,
        "touches": COUNT,
        "replied_touches": COUNT,
        "positive_touches": COUNT,
        "reply_seconds": COUNT,
    },
    "dead_letters": {
        "topic": TEXT,
        "partition": "Int32",
        "offset": COUNT,
        "reason": TEXT,
        "payload": TEXT,
        "at": MOMENT,
    },
}
"""What queries and dashboards of the data team may rely on; low cardinality is no matter."""


@pytest.mark.parametrize("view", PROMISED)
def test_a_view_has_the_columns_that_are_promised(address: Address, view: str) -> None:
    """Names and types stay; more columns may come."""
    with address.connect() as client:
        columns = dict(
            client.execute(
                "SELECT name, replaceRegexpOne(type, '^LowCardinality\\\\((.*)\\\\)$', '\\\\1') "
                f"FROM system.columns WHERE database = '{address.database}' AND table = '{view}'"
            )
        )

    assert {name: columns.get(name) for name in PROMISED[view]} == PROMISED[view]
    assert not columns.keys() & {"version", "withdrawn"}


def test_the_database_holds_views_alone(address: Address) -> None:
    """Tables, which show old versions, stand in a database of their own."""
    with address.connect() as client:
        everything = client.execute(
            f"SELECT name FROM system.tables WHERE database = '{address.database}' ORDER BY name"
        )

        assert view_names(client, address.database) == [name for (name,) in everything]

    assert {name for (name,) in everything} >= PROMISED.keys()


def test_every_view_can_be_read_while_it_is_empty(address: Address) -> None:
    """A dashboard on a new warehouse shows nothing, and no error."""
    with address.connect() as client:
        for view in view_names(client, address.database):
            assert client.execute(f"SELECT * FROM {address.database}.{view}") == []
