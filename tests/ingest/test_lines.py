"""What a line of a log is when it is an event."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.events import EventType, Inbound, InboundKind, Outbound, Platform
from pipeline.ingest import parse_fields, parse_line
from tests.ingest.samples import REPLY, REQUEST, TOUCH, event, line

MOMENT = 1_772_366_400_250


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


def test_fields_that_came_another_way_are_read_alike() -> None:
    """Fields without a line give the same event or rejection as their line does."""
    assert parse_fields(TOUCH) == parse_line(line(TOUCH))
    assert parse_fields(TOUCH | {"body": 5}) == parse_line(line(TOUCH, body=5))
