"""The tables of facts, one a file, and which topic fills which."""

from pipeline.topics import Topic
from pipeline.warehouse.tables import (
    audience_messages,
    dead_letters,
    rates,
    replies,
    send_requests,
    touches,
    violations,
)
from pipeline.warehouse.tables._table import Record, Row, Table

TABLES: dict[Topic, tuple[Table, ...]] = {
    Topic.TOUCHES: (touches.TABLE,),
    Topic.REPLY_OUTCOMES: (replies.TABLE,),
    Topic.AUDIENCE_MESSAGES: (audience_messages.TABLE,),
    Topic.VIOLATIONS: (violations.TABLE,),
    Topic.RATE_CELLS: (rates.RESPONSE_RATES, rates.STEP_RATES),
    Topic.SEND_REQUESTS: (send_requests.TABLE,),
    Topic.DEAD_LETTERS: (dead_letters.TABLE,),
}

__all__ = ["TABLES", "Record", "Row", "Table"]
