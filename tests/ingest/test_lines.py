"""What a line of a log is: an event, or a rejection that names the field."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.events import Event, EventType, Inbound, InboundKind, Outbound, Platform
from pipeline.ingest import LONGEST_LINE, Rejection, parse_fields, parse_line

TOUCH: dict[str, Any] = {
    "type": "dm_sent",
    "event_id": "event-1",
    "workspace": "northfold",
    "occurred_at": "2026-03-01T12:00:00.250Z",
    "platform": "instagram",
    "account_id": "account-1",
    "creator_id": "creator-1",
    "message_id": "message-1",
    "body": "Hi Maya",
    "campaign_id": "spring",
    "template_id": "short",
    "creator_name": "Maya",
    "creator_timezone": "Europe/Berlin",
    "creator_accepted": True,
    "creator_follows": False,
    "creator_followers": 12000,
    "creator_email_listed": True,
    "creator_content": ["Sourdough for beginners"],
}
REPLY: dict[str, Any] = {
    key: TOUCH[key]
    for key in ("event_id", "occurred_at", "platform", "account_id", "creator_id", "body")
} | {"type": "reply", "message_id": "message-2"}
REQUEST: dict[str, Any] = {key: value for key, value in TOUCH.items() if key != "message_id"} | {
    "type": "send_request",
    "request_id": "request-1",
}
MOMENT = 1_772_366_400_250


def line(fields: dict[str, Any], /, *without: str, **changed: object) -> bytes:
    """Write fields as a line, some of them changed and some left out."""
    record = {key: value for key, value in (fields | changed).items() if key not in without}
    return json.dumps(record).encode()


def event(content: bytes) -> Event:
    """Read a line that must be an event."""
    parsed = parse_line(content)
    assert isinstance(parsed, Event), parsed
    return parsed


def test_a_full_touch_keeps_every_field() -> None:
    """An outbound line becomes an event with all that stands in it."""
    assert event(line(TOUCH)) == Outbound(
        **TOUCH
        | {
            "type": EventType.DM_SENT,
            "platform": Platform.INSTAGRAM,
            "occurred_at": MOMENT,
            "creator_content": ("Sourdough for beginners",),
        }
    )


def test_a_bare_reply_gets_the_defaults() -> None:
    """Without workspace and kind a reply is a message in the workspace `default`."""
    parsed = event(line(REPLY))
    assert isinstance(parsed, Inbound)
    assert (parsed.workspace, parsed.kind) == ("default", InboundKind.MESSAGE)
    assert (parsed.in_reply_to, parsed.creator_follows) == (None, None)


def test_a_send_request_is_known_by_its_request_id() -> None:
    """The message id of a request is its `request_id`, even where a `message_id` stands by."""
    assert event(line(REQUEST, message_id="other")).message_id == "request-1"


@pytest.mark.parametrize("absent", [None, ""])
@pytest.mark.parametrize("fields", [TOUCH, REPLY, REQUEST])
def test_null_and_empty_mean_absent(fields: dict[str, Any], absent: str | None) -> None:
    """An optional field that is null or empty reads as if it were not there."""
    required = {*REPLY, "request_id"}
    optional = [key for key in (*TOUCH, "in_reply_to", "kind") if key not in required]
    blank = dict.fromkeys(optional, absent)
    assert event(line(fields, **blank)) == event(line(fields, *optional))


def test_fields_of_other_types_and_unknown_fields_are_ignored() -> None:
    """What an event of this type does not have may hold anything."""
    noise = {"kind": 5, "in_reply_to": ["x"], "request_id": {}, "step": 7, "x" * 600: None}
    assert event(line(TOUCH, **noise)) == event(line(TOUCH))
    assert event(line(REPLY, campaign_id=True, creator_timezone=1)) == event(line(REPLY))


@pytest.mark.parametrize(
    ("content", "texts"),
    [("one", ("one",)), (["one", "", None, "two"], ("one", "two")), ([], ()), ([""], ())],
)
def test_creator_content_is_a_list_of_texts(content: object, texts: tuple[str, ...]) -> None:
    """A lone text counts as a list of one, and empty texts are dropped."""
    parsed = event(line(TOUCH, creator_content=content))
    assert isinstance(parsed, Outbound)
    assert parsed.creator_content == texts


@pytest.mark.parametrize("kind", list(InboundKind))
def test_every_kind_of_inbound_message_is_known(kind: InboundKind) -> None:
    """A reply keeps its kind and the message that it answers."""
    parsed = event(line(REPLY, kind=kind, in_reply_to="message-1"))
    assert isinstance(parsed, Inbound)
    assert (parsed.kind, parsed.in_reply_to) == (kind, "message-1")


@pytest.mark.parametrize("number", [b"1000", b"1000.0", b"1e3"])
def test_a_whole_number_may_be_spelt_as_json_likes(number: bytes) -> None:
    """Followers may be counted as 1000, 1000.0 or 1e3."""
    parsed = event(line(TOUCH, creator_followers=12345).replace(b"12345", number))
    assert isinstance(parsed, Outbound)
    assert parsed.creator_followers == 1000


@pytest.mark.parametrize("blank", [b"", b"\n", b" \t\r\n"])
def test_a_blank_line_is_nothing(blank: bytes) -> None:
    """A blank line is neither an event nor a rejection."""
    assert parse_line(blank) is None


def test_of_a_key_that_stands_twice_the_last_counts() -> None:
    """Duplicate keys do no harm, also where the first of them would be refused."""
    twice = line(TOUCH).replace(b'"body": "Hi Maya"', b'"body": 5, "body": "Hi Maya"')
    assert event(twice) == event(line(TOUCH))


def test_the_longest_allowed_values_are_allowed() -> None:
    """An id of 512 and a body of 20,000 characters, however many bytes, still pass."""
    parsed = event(line(TOUCH, event_id="😀" * 512, body="😀" * 20_000))
    assert (len(parsed.event_id), len(parsed.body)) == (512, 20_000)


def test_nul_and_astral_characters_are_legal_text() -> None:
    """An id may hold NUL, and a pair of UTF-16 escapes is one character."""
    parsed = event(line(TOUCH, event_id="a\0b", body="\U0001f600"))
    assert (parsed.event_id, parsed.body) == ("a\0b", "😀")


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


def test_fields_that_came_another_way_are_read_alike() -> None:
    """Fields without a line give the same event or rejection as their line does."""
    assert parse_fields(TOUCH) == parse_line(line(TOUCH))
    assert parse_fields(TOUCH | {"body": 5}) == parse_line(line(TOUCH, body=5))
