import json

import pytest

from tests.reference._json_line import spell_time, to_json_line
from tests.reference._story import NOON, moment, reply, touch
from tests.reference.model import Event, parse

LEAST = {
    "type": "dm_sent",
    "event_id": "e1",
    "occurred_at": NOON,
    "platform": "x",
    "account_id": "a1",
    "creator_id": "c1",
    "message_id": "m1",
    "body": "Hi",
}


@pytest.mark.parametrize(
    ("spelling", "milliseconds"),
    [
        ("1970-01-01T00:00:01Z", 1000),
        ("1970-01-01T05:30:00.5+05:30", 500),
        ("1969-12-31T16:00:00.001999-08:00", 1),
        ("1970-01-01T00:00:00.001999999Z", 1),
        ("1969-12-31T23:59:59.999999Z", -1),
        (1704801600000, NOON),
        (1704801600000.9, NOON),
        (-0.5, -1),
    ],
)
def test_times_are_kept_in_milliseconds_and_rounded_down(
    spelling: str | float, milliseconds: int
) -> None:
    """Every zone and fraction comes to whole milliseconds, down also before 1970."""
    line = json.dumps({**LEAST, "occurred_at": spelling})
    assert parse(line).occurred_at == milliseconds


def test_a_time_without_zone_is_refused() -> None:
    """Without zone nobody knows which moment is meant."""
    with pytest.raises(ValueError, match="has no zone"):
        parse(json.dumps({**LEAST, "occurred_at": "2024-01-09T12:00:00"}))


def test_null_and_empty_mean_absent() -> None:
    """A null, an empty text and an empty list read as if they were not there."""
    names = ("workspace", "campaign_id", "template_id", "creator_name", "creator_timezone")
    absent = parse(json.dumps(LEAST))
    assert absent == Event("dm_sent", "e1", "default", NOON, "x", "a1", "c1", "m1", "Hi")
    for nothing in ("", None):
        assert parse(json.dumps({**LEAST, **dict.fromkeys(names, nothing)})) == absent
    for content in ("[]", "null"):
        line = json.dumps(LEAST).replace("}", f', "creator_content": {content}}}')
        assert parse(line) == absent


def test_false_and_zero_are_present() -> None:
    """Only null and empty mean absent."""
    event = parse(json.dumps({**LEAST, "creator_accepted": False, "creator_followers": 0}))
    assert (event.creator_accepted, event.creator_followers) == (False, 0)


def test_a_required_field_may_not_be_absent() -> None:
    """A touch without message id, or with an empty one, is no valid line."""
    with pytest.raises(KeyError, match="message_id"):
        parse(json.dumps({**LEAST, "message_id": ""}))


def test_a_send_request_names_its_request() -> None:
    """The request id stands in the place of the message id."""
    fields = {**LEAST, "type": "send_request", "request_id": "q1", "message_id": None}
    assert parse(json.dumps(fields)).message_id == "q1"


def test_a_reply_has_no_campaign() -> None:
    """A field that the type does not have says nothing."""
    fields = {**LEAST, "type": "reply", "campaign_id": "spring", "kind": "story_mention"}
    assert parse(json.dumps(fields)).campaign_id is None
    assert parse(json.dumps(fields)).kind == "story_mention"


def test_every_spelling_of_a_time_reads_as_that_time() -> None:
    """Whole seconds, milliseconds and times before 1970 survive each spelling."""
    for instant in (NOON, NOON + 1, NOON + 999, moment("2024-10-27T00:30:00Z"), -1, 0):
        for choice in range(6000, 6012):
            line = json.dumps({**LEAST, "occurred_at": spell_time(instant, choice)})
            assert parse(line).occurred_at == instant


def test_lines_differ_in_their_spelling_of_time() -> None:
    """Epoch milliseconds, UTC and other zones all occur."""
    spelt = [
        str(json.loads(to_json_line(touch(f"m{n}", NOON + n)))["occurred_at"]) for n in range(60)
    ]
    assert any(text.isdigit() for text in spelt)
    assert any(text.endswith("Z") for text in spelt)
    assert any(text.endswith("+05:30") for text in spelt)
    assert any("." in text and len(text.split(".")[1]) >= len("000000Z") for text in spelt)


def test_a_line_reads_as_the_event_it_was_written_from() -> None:
    """Both directions agree for each type."""
    events = [
        touch("m1", NOON, campaign_id=None, creator_timezone="Asia/Kolkata"),
        touch("m2", NOON, type="follow_up", creator_followers=0, creator_accepted=False),
        touch("q1", NOON, type="send_request"),
        reply("r1", NOON, kind="quick_reply", workspace="north", body="Où ça ? 😀"),
    ]
    assert [parse(to_json_line(event)) for event in events] == events
