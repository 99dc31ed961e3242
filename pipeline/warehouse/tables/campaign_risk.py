"""The spam risk of campaigns."""

from pipeline.warehouse.tables._table import of_records

TABLE = of_records(
    "campaign_risk",
    (
        "workspace",
        "campaign_id",
        "risk",
        "signals",
        "paused",
        "updated_at",
        "withdrawn",
    ),
)
