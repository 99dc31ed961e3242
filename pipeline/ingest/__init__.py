"""Reading logs: lines to events, files to chunks of them."""

from pipeline.ingest._lines import LONGEST_LINE, parse_fields, parse_line
from pipeline.ingest._moments import EARLIEST, LATEST, parse_moment
from pipeline.ingest._rejection import Rejection

__all__ = [
    "EARLIEST",
    "LATEST",
    "LONGEST_LINE",
    "Rejection",
    "parse_fields",
    "parse_line",
    "parse_moment",
]
