"""Replies and what they are credited to."""

from pipeline.warehouse.tables._table import of_records

TABLE = of_records(
    "replies",
    (
        "workspace",
        "platform",
        "account_id",
        "message_id",
        "creator_id",
        "campaign_id",
        "received_at",
        "event_id",
        "body",
        "reply_class",
        "credited_message_id",
        "withdrawn",
    ),
)
