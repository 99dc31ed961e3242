"""Touches and their outcomes."""

from pipeline.warehouse.tables._table import of_records

TABLE = of_records(
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
        "withdrawn",
    ),
)
