"""What can be wrong with a schema, with a record to encode and with bytes to decode."""

from __future__ import annotations

from enum import StrEnum


class SchemaError(Exception):
    """A file in `schemas/` is no schema of ours; the text names the file and says what to do."""


class EncodeError(ValueError):
    """A record does not fit its schema.

    `schema` is the schema's name; `field` is the path to what does not fit, such as
    `touches[2].sent_at`, empty for the record as a whole. Its text never quotes a value.
    """

    def __init__(self, schema: str, field: str, reason: str) -> None:
        super().__init__(f"{schema}: {field or 'the record'} {reason}")
        self.schema = schema
        self.field = field
        self.reason = reason


class DecodeFailure(StrEnum):
    """Why bytes are no record, or a record no event: texts that dead letters keep, so they stay."""

    EMPTY = "holds no bytes"
    NO_MARKER = "does not start with the marker of an Avro single object (C3 01)"
    UNKNOWN_SCHEMA = "was written with a schema that is not known here"
    DAMAGED = "is cut off or garbled: its bytes do not fit its schema"
    TRAILING_BYTES = "goes on after the end of its record"
    NOT_UTF8 = "holds text that is not UTF-8"
    SEALED = "is sealed, and its key is needed to read it"
    NO_EVENT = "holds a record that is no event"
    MISSING = "is empty, and every event needs it"
    TOO_LONG = "is too long"
    UNKNOWN_VALUE = "holds a value that is not known here"
    OUT_OF_RANGE = "lies outside what an event may have"


class DecodeError(ValueError):
    """Bytes that are no record, or no event.

    `failure` says why; `field` names the field that is to blame, empty for the message as a
    whole; `reason` is the sentence for a dead letter, which quotes no text of a message.
    """

    def __init__(self, failure: DecodeFailure, *, field: str = "", detail: str = "") -> None:
        self.failure = failure
        self.field = field
        self.reason = f"{field or 'the message'} {failure}" + (f" ({detail})" if detail else "")
        super().__init__(self.reason)
