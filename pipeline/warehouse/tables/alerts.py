"""Alerts, and how they stand."""

from collections.abc import Iterable
from dataclasses import replace

import msgspec

from pipeline.avro import open_text
from pipeline.warehouse.tables._table import Record, Row, of_records

_OF_RECORDS = of_records(
    "alerts",
    (
        "workspace",
        "alert_id",
        "campaign_id",
        "sequence",
        "change",
        "risk",
        "highest",
        "at",
        "opened_at",
        "resolved_at",
        "paused",
        "evidence",
        "examples",
    ),
)
_SHOWN = ("platform", "account_id", "creator_id", "message_id", "sent_at")


def _rows(record: Record, version: int) -> Iterable[Row]:
    examples = [
        {name: example[name] for name in _SHOWN}
        | {"text": open_text(example["words"], field="evidence.words")}
        for example in record["evidence"]
    ]
    record["evidence"] = record["sentences"]
    record["examples"] = msgspec.json.encode(examples).decode()
    return _OF_RECORDS.rows(record, version)


TABLE = replace(_OF_RECORDS, rows=_rows)
