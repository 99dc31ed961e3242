"""Cells of response rates and step rates."""

from pipeline.warehouse.tables._table import of_items

RESPONSE_RATES = of_items(
    "response_rates",
    "response_cells",
    (
        "campaign_id",
        "template_id",
        "hour",
        "attempts",
        "replied_attempts",
        "positive_attempts",
        "opt_outs",
    ),
)
STEP_RATES = of_items(
    "step_rates",
    "step_cells",
    (
        "campaign_id",
        "template_id",
        "step",
        "hour",
        "touches",
        "replied_touches",
        "positive_touches",
        "reply_seconds",
    ),
)
