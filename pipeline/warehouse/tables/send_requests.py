"""Requests to send, as they were asked."""

from __future__ import annotations

from pipeline.avro import DEFAULT_WORKSPACE, open_text
from pipeline.warehouse.tables._table import Record, Row, Table


def _rows(record: Record, version: int) -> tuple[Row]:
    return (
        (
            record["workspace"] or DEFAULT_WORKSPACE,
            record["platform"],
            record["account_id"],
            record["request_id"],
            record["creator_id"],
            record["campaign_id"] or "",
            record["template_id"] or "",
            record["occurred_at"],
            record["event_id"],
            open_text(record["body"], field="body"),
            version,
        ),
    )


TABLE = Table(
    "send_requests",
    (
        "workspace",
        "platform",
        "account_id",
        "request_id",
        "creator_id",
        "campaign_id",
        "template_id",
        "requested_at",
        "event_id",
        "body",
    ),
    _rows,
)
