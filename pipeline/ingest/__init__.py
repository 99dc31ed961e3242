"""Reading logs: lines to events, files to chunks of them."""

from pipeline.ingest._chunks import Chunk, RejectedLine, chunks_of, read_chunks
from pipeline.ingest._files import (
    STANDARD_INPUT,
    LineReader,
    Source,
    SourceError,
    find_sources,
    open_source,
)
from pipeline.ingest._lines import LONGEST_LINE, parse_fields, parse_line
from pipeline.ingest._moments import EARLIEST, LATEST, parse_moment
from pipeline.ingest._rejection import Rejection

__all__ = [
    "EARLIEST",
    "LATEST",
    "LONGEST_LINE",
    "STANDARD_INPUT",
    "Chunk",
    "LineReader",
    "RejectedLine",
    "Rejection",
    "Source",
    "SourceError",
    "chunks_of",
    "find_sources",
    "open_source",
    "parse_fields",
    "parse_line",
    "parse_moment",
    "read_chunks",
]
