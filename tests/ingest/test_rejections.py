"""Why a line of a log is no event."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.events import Event
from pipeline.ingest import LONGEST_LINE, Rejection, parse_line
from tests.ingest.samples import REPLY, REQUEST, TOUCH, line

BAD_FIELDS: list[tuple[str, object, str]] = [
    ("type", "telegram", "one of dm_sent, follow_up, reply, send_request"),
    ("type", ["dm_sent"], "a list"),
    ("type", None, "null"),
    ("platform", "myspace", "one of instagram, tiktok, x, linkedin"),
    ("platform", "Instagram", "one of"),
    ("platform", True, "true"),
    *((field, None, "is null") for field in ("event_id", "account_id", "body", "occurred_at")),
    *((field, "", "is empty") for field in ("event_id", "creator_id", "message_id", "body")),
    *((field, 17, "the number 17, not text") for field in ("event_id", "message_id", "body")),
    *((field, True, "true, not text") for field in ("workspace", "campaign_id", "creator_name")),
    *((field, "x" * 513, "at most 512") for field in ("event_id", "workspace", "template_id")),
    ("body", "x" * 20_001, "at most 20000"),
    ("creator_accepted", "true", "true or false, unquoted"),
    ("creator_follows", 1, "true or false"),
    ("creator_email_listed", [], "true or false"),
    ("creator_followers", -1, "whole number"),
    ("creator_followers", 1.5, "whole number"),
    ("creator_followers", "12", "whole number"),
    ("creator_followers", True, "whole number"),
    ("creator_followers", 2**63, "whole number"),
    ("creator_content", {"a": 1}, "a list of texts"),
    ("creator_content", 5, "a list of texts"),
    ("creator_timezone", "europe/berlin", "Europe/Berlin"),
    ("creator_timezone", "Mars/Olympus", "IANA"),
    ("creator_timezone", 2, "not text"),
    ("occurred_at", "2026-03-01T12:00:00", "no time zone"),
    ("occurred_at", "2026-02-29T12:00:00Z", "calendar"),
    ("occurred_at", "2026-03-01T12:00:00+24:00", "offset"),
    ("occurred_at", "2026-03-01T12:00:00+01:60", "offset"),
    ("occurred_at", "yesterday", "ISO 8601"),
    ("occurred_at", "٢٠٢٦-03-01T12:00:00Z", "ISO 8601"),
    ("occurred_at", "1772366400250", "ISO 8601"),
    ("occurred_at", "1969-12-31T23:59:59.999Z", "1970"),
    ("occurred_at", "2300-01-01T00:00:00Z", "2299"),
    ("occurred_at", -0.5, "1970"),
    ("occurred_at", 10_413_792_000_000, "2299"),
    ("occurred_at", True, "is true"),
    ("occurred_at", ["2026"], "a list"),
    ("body", "half \ud83d of a pair", "UTF-16"),
    ("creator_content", ["\udc00"], "UTF-16"),
    ("anything", {"deep": "\ud800"}, "UTF-16"),
]


@pytest.mark.parametrize(("field", "value", "reason"), BAD_FIELDS)
def test_a_bad_field_is_named(field: str, value: object, reason: str) -> None:
    """A rejection names the field and says what was found or what to do."""
    rejection = parse_line(line(TOUCH, **{field: value}))
    assert isinstance(rejection, Rejection)
    assert (rejection.field, reason in rejection.reason) == (field, True), rejection


@pytest.mark.parametrize(
    ("fields", "field"),
    [(REPLY, key) for key in REPLY] + [(REQUEST, "request_id"), (TOUCH, "message_id")],
)
def test_a_missing_field_is_named(fields: dict[str, Any], field: str) -> None:
    """Every required field is asked for by its name."""
    rejection = parse_line(line(fields, field))
    assert rejection == Rejection(field, "is missing; every event of this type needs it")


def test_a_bad_entry_of_a_list_is_named_by_its_place() -> None:
    """A text that is none within `creator_content` is found by its index."""
    rejection = parse_line(line(TOUCH, creator_content=["one", 2]))
    assert isinstance(rejection, Rejection)
    assert rejection.field == "creator_content[1]"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"not json", "no JSON"),
        (b"{} {}", "no JSON"),
        (line(TOUCH)[:-1], "no JSON"),
        (b'{"creator_followers": NaN}', "NaN"),
        (b"[1, 2]", "is a list"),
        (b"null", "is null"),
        (b'"text"', "is the text"),
        (line(TOUCH).replace(b"Maya", b"\xffaya"), "no UTF-8: byte 0xff"),
        (line(TOUCH, noise="Q").replace(b"Q", b"\xed\xa0\x80"), "no UTF-8: byte 0xed"),
        (b"\xff\xfe{\x00}\x00", "no UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "nested too deeply"),
        (line(TOUCH, body="x" * LONGEST_LINE), "longer than"),
    ],
)
def test_a_bad_line_is_refused_as_a_whole(content: bytes, reason: str) -> None:
    """What is no JSON object of bearable size has no field to name."""
    rejection = parse_line(content)
    assert isinstance(rejection, Rejection)
    assert (rejection.field, reason in rejection.reason) == ("", True), rejection


@pytest.mark.parametrize(
    "number", [b"1" * 5000, b"-" + b"9" * 5000, b"1e999999999", b"1e99999999999999999999"]
)
@pytest.mark.parametrize("field", ["occurred_at", "creator_followers", "body", "noise"])
def test_a_huge_number_is_refused_where_it_matters(field: str, number: bytes) -> None:
    """No number is too large to be answered, and its reason stays short."""
    parsed = parse_line(line(TOUCH, **{field: "QQQ"}).replace(b'"QQQ"', number))
    if field == "noise":
        assert isinstance(parsed, Event)
    else:
        assert isinstance(parsed, Rejection)
        assert (parsed.field, len(parsed.reason) < 300) == (field, True)


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=[]), max_size=5)
    | st.sampled_from(["2026-03-01T12:00:00Z", "Europe/Berlin", "story_reply", "x", "reply"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=3,
)
changes = st.dictionaries(st.sampled_from([*TOUCH, "in_reply_to", "kind", "request_id"]), anything)


@given(st.binary(max_size=300))
def test_any_bytes_get_an_answer(content: bytes) -> None:
    """Whatever the bytes, they are an event, a rejection that can be written, or blank."""
    parsed = parse_line(content)
    if isinstance(parsed, Rejection):
        assert f"{parsed.field} {parsed.reason}".encode()
    else:
        assert parsed is None or isinstance(parsed, Event)


@given(st.sampled_from([TOUCH, REPLY, REQUEST]), changes)
def test_the_short_way_and_the_careful_way_agree(
    fields: dict[str, Any], changed: dict[str, object]
) -> None:
    """A line reads the same whether it takes msgspec's way or is read field by field."""
    content = line(fields, **changed)
    padded = (
        content[:-1]
        + b', "noise": 1, "type": 2, "type": '
        + json.dumps((fields | changed)["type"]).encode()
        + b"}"
    )
    parsed, carefully = parse_line(content), parse_line(padded)
    assert parsed == carefully
    if isinstance(parsed, Rejection):
        assert f"{parsed.field} {parsed.reason}".encode()
