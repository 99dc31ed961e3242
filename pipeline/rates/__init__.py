"""Response rates and step rates as cells that touches add their share to. Pure."""

from pipeline.rates._cells import (
    ResponseCell,
    ResponseCounts,
    StepCell,
    StepCounts,
    hour_of,
    response_share,
    seconds_to_reply,
    step_share,
)

__all__ = [
    "ResponseCell",
    "ResponseCounts",
    "StepCell",
    "StepCounts",
    "hour_of",
    "response_share",
    "seconds_to_reply",
    "step_share",
]
