"""A second, independent reading of product.md, to compare the pipeline with.

It is written to be obviously right: plain definitions over whole sets, however slow, with
nothing but the standard library and no code of the pipeline.
"""

from tests.reference._computation import compute, no_timezone
from tests.reference._event import DAY, HOUR, SECOND, Event
from tests.reference._json_line import parse
from tests.reference._limits import Limits, default_limits
from tests.reference._pause import Pause
from tests.reference._result import AudienceRow, ReplyRow, Result, TouchRow
from tests.reference._rules import RULES

__all__ = [
    "DAY",
    "HOUR",
    "RULES",
    "SECOND",
    "AudienceRow",
    "Event",
    "Limits",
    "Pause",
    "ReplyRow",
    "Result",
    "TouchRow",
    "compute",
    "default_limits",
    "no_timezone",
    "parse",
]
