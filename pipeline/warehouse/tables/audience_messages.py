"""Messages of creators who have not been written to."""

from pipeline.warehouse.tables._table import of_records

TABLE = of_records(
    "audience_messages",
    (
        "workspace",
        "platform",
        "account_id",
        "message_id",
        "creator_id",
        "received_at",
        "event_id",
        "body",
        "kind",
        "withdrawn",
    ),
)
