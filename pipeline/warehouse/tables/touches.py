"""Touches, their outcomes, and what their texts show."""

from collections.abc import Iterable
from dataclasses import replace

from pipeline.avro import open_text
from pipeline.warehouse.tables._table import Record, Row, of_records

_OF_RECORDS = of_records(
    "touches",
    (
        "workspace",
        "platform",
        "account_id",
        "message_id",
        "creator_id",
        "campaign_id",
        "template_id",
        "step",
        "phase",
        "attempt_started_at",
        "sent_at",
        "event_id",
        "body",
        "replied_at",
        "reply_class",
        "seconds_to_reply",
        "creator_followers",
        "creator_email_listed",
        "quality",
        "signals",
        "evidence",
        "withdrawn",
    ),
)


def _rows(record: Record, version: int) -> Iterable[Row]:
    found = record["signals"]
    record["signals"] = [each["signal"] for each in found]
    record["evidence"] = [open_text(each["evidence"], field="signals.evidence") for each in found]
    return _OF_RECORDS.rows(record, version)


TABLE = replace(_OF_RECORDS, rows=_rows)
