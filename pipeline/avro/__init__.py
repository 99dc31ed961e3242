"""What stands in the topics: records of `schemas/` as Avro single objects.

`encode` and `decode` take and give any record; `encode_event` and `decode_event` the events of
the input topics. `python -m pipeline.avro` checks that schemas evolve so that all is readable.
"""

from pipeline.avro._codec import decode, encode
from pipeline.avro._errors import DecodeError, DecodeFailure, EncodeError, SchemaError
from pipeline.avro._events import decode_event, encode_event, topic_of
from pipeline.avro._names import SchemaName
from pipeline.avro._record_to_event import DEFAULT_WORKSPACE, LATEST
from pipeline.avro._sealable import Sealable, open_text, seal_plain

__all__ = [
    "DEFAULT_WORKSPACE",
    "LATEST",
    "DecodeError",
    "DecodeFailure",
    "EncodeError",
    "SchemaError",
    "SchemaName",
    "Sealable",
    "decode",
    "decode_event",
    "encode",
    "encode_event",
    "open_text",
    "seal_plain",
    "topic_of",
]
