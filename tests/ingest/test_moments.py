"""How a moment may be written, and that it is rounded down."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.events import Event
from pipeline.ingest import EARLIEST, LATEST, parse_line, parse_moment

moments = st.integers(EARLIEST, LATEST)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def occurred_at(json_value: str) -> int:
    """Read a line whose `occurred_at` is this JSON."""
    fields = dict.fromkeys(
        ["event_id", "account_id", "creator_id", "message_id", "body"], "any"
    ) | {"type": "reply", "platform": "x"}
    text = json.dumps(fields)[:-1] + f', "occurred_at": {json_value}}}'
    event = parse_line(text.encode())
    assert isinstance(event, Event), event
    return event.occurred_at


def written(moment: int, offset_minutes: int, microseconds: int = 0) -> datetime:
    """Put a moment, with some microseconds on top, into the zone of this offset."""
    zone = timezone(timedelta(minutes=offset_minutes))
    return (EPOCH + timedelta(milliseconds=moment, microseconds=microseconds)).astimezone(zone)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01T12:00:00Z",
        "2026-03-01t12:00:00z",
        "2026-03-01 12:00:00.000Z",
        "2026-03-01T12:00Z",
        "2026-03-01T12:00:00,0009Z",
        "2026-03-01T12:00:00.000999999999Z",
        "2026-03-01T12:00:00+00:00",
        "2026-03-01T12:00:00-00:00",
        "2026-03-01T14:00:00+02",
        "2026-03-01T14:00:00+0200",
        "2026-03-02T01:45:00+13:45",
        "20260301T120000Z",
        "20260301T1200Z",
        "20260301T120000.0005Z",
    ],
)
def test_one_moment_has_many_spellings(text: str) -> None:
    """The extended and the basic form, a space for the T, and any offset mean the same."""
    assert parse_moment(text) == 1_772_366_400_000


@pytest.mark.parametrize(
    ("number", "moment"),
    [
        ("0", 0),
        ("0.999", 0),
        ("1772366400250", 1_772_366_400_250),
        ("1772366400250.9999999999999", 1_772_366_400_250),
        ("1.77236640025e12", 1_772_366_400_250),
        ("10413791999999.9", LATEST),
    ],
)
def test_a_number_is_epoch_milliseconds_rounded_down(number: str, moment: int) -> None:
    """A fraction of a millisecond is cut off exactly, however many digits it has."""
    assert occurred_at(number) == moment


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-01T12:00:0Z",
        "20260301T1200:45.12Z ",
        "2026-03-01T12:00:60Z",
        "2026-03-01T24:00:00Z",
        "2026-03-01",
        "2026-03-01Z",
        "2026-03-01T12:00:00.Z",
        "2026-03-01T12:00:00+2:00",
        "2026-03-01T12:00:00 Z",
        "2026-03-01T12:00:00.1_0Z",
        "0000-03-01T12:00:00Z",
        "+2026-03-01T12:00:00Z",
        "1970-01-01T00:59:59.999+01:00",
        "",
    ],
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    """Neither a guess is made nor a limit moved by an offset."""
    with pytest.raises(ValueError, match=r"ISO 8601|calendar|offset|1970"):
        parse_moment(text)


def test_a_mixed_form_is_not_taken_for_the_usual_one() -> None:
    """A fraction where the usual form has its seconds is read as a fraction."""
    assert parse_moment("20260301T1200:45.12Z") == parse_moment("2026-03-01T12:00:45.120Z")


@given(moments, st.integers(-1439, 1439), st.integers(0, 999))
def test_any_spelling_of_a_moment_reads_the_same(
    moment: int, offset_minutes: int, microseconds: int
) -> None:
    """Zone, precision and form change nothing, and microseconds are rounded down."""
    local = written(moment, offset_minutes, microseconds)
    iso = local.isoformat(timespec="microseconds")
    basic = local.strftime("%Y%m%dT%H%M%S.%f%z")
    milliseconds = written(moment, 0).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    spellings = [iso, iso.replace("T", " "), iso.replace(".", ","), basic, milliseconds]
    assert {parse_moment(text) for text in spellings} == {moment}


@given(moments)
def test_numbers_and_text_agree(moment: int) -> None:
    """Epoch milliseconds and ISO 8601 text of one moment give one event."""
    text = json.dumps(written(moment, 0).isoformat())
    assert occurred_at(str(moment)) == occurred_at(f"{moment}.5") == occurred_at(text) == moment
