"""Rules that touches broke."""

from pipeline.warehouse.tables._table import of_records

TABLE = of_records(
    "violations",
    (
        "workspace",
        "platform",
        "account_id",
        "message_id",
        "rule",
        "creator_id",
        "campaign_id",
        "sent_at",
        "detail",
        "withdrawn",
    ),
)
