from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.avro import DecodeError, DecodeFailure, EncodeError, SchemaName, decode, encode
from pipeline.avro._codec import MARKER, REGISTRY

VIOLATION: dict[str, Any] = {
    "workspace": "default",
    "platform": "instagram",
    "account_id": "northfold",
    "message_id": "m-1",
    "rule": "min_gap",
    "creator_id": "mara",
    "campaign_id": "",
    "sent_at": 1_760_000_000_000,
    "detail": "3 h after the touch before it",
    "withdrawn": False,
}
CELL: dict[str, Any] = {
    "campaign_id": "autumn",
    "template_id": "",
    "step": 0,
    "hour": 1_760_000_400_000,
    "touches": 2,
    "replied_touches": 1,
    "positive_touches": 0,
    "reply_seconds": 60,
}
CELLS: dict[str, Any] = {
    "workspace": "default",
    "platform": "x",
    "account_id": "northfold",
    "response_cells": [],
    "step_cells": [CELL, CELL],
}
FINGERPRINTS = [version.fingerprint for version in REGISTRY.by_fingerprint.values()]


def outcome_of(data: bytes) -> SchemaName | DecodeFailure:
    """Return what the bytes are, or why they are nothing."""
    try:
        return decode(data)[0]
    except DecodeError as error:
        return error.failure


def test_moments_stay_numbers() -> None:
    """A moment is milliseconds before and after, never a datetime."""
    _, record = decode(encode(SchemaName.VIOLATION, VIOLATION))
    assert type(record["sent_at"]) is int
    assert record == VIOLATION


@pytest.mark.parametrize(
    ("wrong", "field", "reason"),
    [
        ({"sent_at": 1.5}, "sent_at", "must be a whole number, not float"),
        ({"sent_at": True}, "sent_at", "must be a whole number, not bool"),
        ({"sent_at": 2**63}, "sent_at", "does not fit into 64 bits"),
        ({"withdrawn": "no"}, "withdrawn", "must be true or false, not str"),
        ({"rule": None}, "rule", "must be text, not null"),
        ({"detail": "half \ud83d"}, "detail", "holds half of a surrogate pair"),
        ({"colour": "red"}, "colour", "is no field of it"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(
    wrong: dict[str, object], field: str, reason: str
) -> None:
    """The error names schema and field, and does not quote the value."""
    with pytest.raises(EncodeError) as caught:
        encode(SchemaName.VIOLATION, VIOLATION | wrong)
    assert str(caught.value) == f"violation: {field} {reason}"
    assert (caught.value.schema, caught.value.field) == ("violation", field)


@pytest.mark.parametrize(
    ("cells", "field", "reason"),
    [
        ("", "step_cells", "must be a list, not str"),
        ([CELL, None], "step_cells[1]", "must be a record, not null"),
        ([CELL, CELL | {"step": 2**31}], "step_cells[1].step", "does not fit into 32 bits"),
        ([{"step": 0}], "step_cells[0].campaign_id", "is missing"),
    ],
)
def test_the_path_leads_into_lists_and_records(cells: object, field: str, reason: str) -> None:
    """A wrong value deep in a record is named by its whole path."""
    with pytest.raises(EncodeError) as caught:
        encode(SchemaName.RATE_CELLS, CELLS | {"step_cells": cells})
    assert (caught.value.field, caught.value.reason) == (field, reason)


def test_bytes_are_no_text() -> None:
    """A payload must be bytes: text has no bytes before someone encodes it."""
    letter = {field.name: 0 for field in REGISTRY.newest(SchemaName.DEAD_LETTER).parsed.fields}
    texts = dict.fromkeys(("dead_letter_id", "topic", "source", "field", "reason"), "")
    with pytest.raises(EncodeError, match=r"dead-letter: payload must be bytes, not str"):
        encode(SchemaName.DEAD_LETTER, letter | texts | {"payload": "{}"})


def test_each_failure_has_its_reason() -> None:
    """What is wrong with bytes is told apart."""
    data = encode(SchemaName.VIOLATION, VIOLATION)
    assert outcome_of(b"") is DecodeFailure.EMPTY
    assert outcome_of(b'{"type": "reply"}') is DecodeFailure.NO_MARKER
    assert outcome_of(data[:7]) is DecodeFailure.DAMAGED
    assert outcome_of(MARKER + bytes(8) + data[10:]) is DecodeFailure.UNKNOWN_SCHEMA
    assert outcome_of(data + b"\0") is DecodeFailure.TRAILING_BYTES
    assert outcome_of(data.replace(b"mara", b"mar\xff")) is DecodeFailure.NOT_UTF8


def test_an_unknown_schema_is_named_by_its_fingerprint() -> None:
    """Whoever reads the dead letter can look for the schema that is missing."""
    with pytest.raises(DecodeError) as caught:
        decode(MARKER + bytes(range(8)))
    assert caught.value.reason == (
        "the message was written with a schema that is not known here "
        "(fingerprint 0001020304050607)"
    )


def test_every_cut_is_noticed() -> None:
    """No beginning of a record passes for a whole one."""
    data = encode(SchemaName.RATE_CELLS, CELLS)
    outcomes = {outcome_of(data[:length]) for length in range(2, len(data))}
    assert outcomes == {DecodeFailure.DAMAGED}


@given(
    header=st.just(b"") | st.sampled_from([MARKER + fingerprint for fingerprint in FINGERPRINTS]),
    body=st.binary(max_size=300),
)
@example(header=MARKER + FINGERPRINTS[0], body=b"\xfe" + b"\xff" * 8 + b"\x01")
@example(header=MARKER + FINGERPRINTS[0], body=b"\xff" * 40)
def test_any_bytes_decode_or_fail_as_promised(header: bytes, body: bytes) -> None:
    """Hostile bytes, huge lengths among them, give a record or a DecodeError."""
    assert isinstance(outcome_of(header + body), SchemaName | DecodeFailure)


@given(
    at=st.integers(min_value=10),
    put=st.binary(min_size=1, max_size=10),
    cells=st.integers(0, 3),
)
def test_a_damaged_record_decodes_or_fails_as_promised(at: int, put: bytes, cells: int) -> None:
    """Overwriting bytes of a sound record gives a record or a DecodeError."""
    data = bytearray(encode(SchemaName.RATE_CELLS, CELLS | {"step_cells": [CELL] * cells}))
    at = 10 + at % (len(data) - 10)
    data[at : at + len(put)] = put
    outcome = outcome_of(bytes(data))
    assert outcome is SchemaName.RATE_CELLS or isinstance(outcome, DecodeFailure)
