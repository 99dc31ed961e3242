"""Events that could not be used."""

from pipeline.warehouse.tables._table import of_records

TABLE = of_records(
    "dead_letters",
    (
        "dead_letter_id",
        "topic",
        "partition",
        "offset",
        "source",
        "line",
        "field",
        "reason",
        "payload",
        "at",
    ),
)
