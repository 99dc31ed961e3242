"""The tables of facts, one a file, and which topic fills which."""

from collections.abc import Callable
from typing import NamedTuple

from pipeline.avro import SchemaName, decode_event
from pipeline.topics import Topic
from pipeline.warehouse.tables import (
    alerts,
    audience_messages,
    campaign_risk,
    dead_letters,
    rates,
    replies,
    send_requests,
    touches,
    violations,
)
from pipeline.warehouse.tables._table import Record, Row, Table


class Content(NamedTuple):
    """What a topic holds for the warehouse."""

    schema: SchemaName
    """The schema of its records."""
    tables: tuple[Table, ...]
    """The tables that take rows of them."""
    check: Callable[[bytes], object] | None = None
    """Raises DecodeError for a value that is no proper one: of topics that others write to."""


CONTENTS: dict[Topic, Content] = {
    Topic.TOUCHES: Content(SchemaName.TOUCH, (touches.TABLE,)),
    Topic.REPLY_OUTCOMES: Content(SchemaName.REPLY_OUTCOME, (replies.TABLE,)),
    Topic.AUDIENCE_MESSAGES: Content(SchemaName.AUDIENCE_MESSAGE, (audience_messages.TABLE,)),
    Topic.VIOLATIONS: Content(SchemaName.VIOLATION, (violations.TABLE,)),
    Topic.RATE_CELLS: Content(SchemaName.RATE_CELLS, (rates.RESPONSE_RATES, rates.STEP_RATES)),
    Topic.SEND_REQUESTS: Content(SchemaName.SEND_REQUEST, (send_requests.TABLE,), decode_event),
    Topic.CAMPAIGN_RISK: Content(SchemaName.CAMPAIGN_RISK, (campaign_risk.TABLE,)),
    Topic.ALERTS: Content(SchemaName.ALERT, (alerts.TABLE,)),
    Topic.DEAD_LETTERS: Content(SchemaName.DEAD_LETTER, (dead_letters.TABLE,)),
}

__all__ = ["CONTENTS", "Content", "Record", "Row", "Table"]
