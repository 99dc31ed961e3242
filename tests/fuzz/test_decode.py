"""Any bytes at all: an answer or a DecodeError, in memory that the bytes bound."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.avro import DecodeError, SchemaName, decode, decode_event
from pipeline.topics import Topic
from tests.fuzz._judging import EVENT_TOPICS, SCHEMA_OF, judge
from tests.fuzz._kinds import HUGE, KINDS
from tests.fuzz._published import SCHEMAS, read_strictly
from tests.fuzz._sound import Source
from tests.reference.model import Event
from tests.system._dense_log import dense_log

_LOG = dense_log(seed=2, events=200)
_HEADERS = [schema.header for schema in SCHEMAS.values()]
_BYTES_A_BYTE = 150
"""A record of many small records takes that much memory for each of its bytes."""


@st.composite
def damaged(draw: st.DrawFn) -> tuple[Topic, bytes]:
    """Draw a topic, and a value that was meant for it."""
    source = Source(_LOG, random.Random(draw(st.integers(0, 2**32))))
    topic = draw(st.sampled_from([*SCHEMA_OF]))
    kind = draw(st.sampled_from([*KINDS]))
    value = kind(source.of(topic), source, random.Random(draw(st.integers(0, 2**32))))
    return topic, value or b""


anything = st.builds(
    bytes.__add__, st.sampled_from([*_HEADERS, b"", b"\0", b"\xc3\x01"]), st.binary(max_size=400)
)


def answer(read: Callable[[bytes], object], value: bytes) -> object:
    """Return what is read, or None for a DecodeError; let everything else through."""
    try:
        return read(value)
    except DecodeError:
        return None


@settings(max_examples=2_000)
@given(message=damaged())
def test_what_is_read_is_what_a_strict_reader_reads(message: tuple[Topic, bytes]) -> None:
    """The same records are refused, and the others hold the same."""
    _, value = message
    expected, found = read_strictly(value), answer(decode, value)

    assert (found is None) == (expected is None)
    if expected is not None and found is not None:
        assert found == (SchemaName(expected[0]), expected[1])


@settings(max_examples=1_000)
@given(message=damaged().filter(lambda message: message[0] in EVENT_TOPICS))
def test_an_event_is_what_the_product_says(message: tuple[Topic, bytes]) -> None:
    """Who, where, when and what are those of the record, or it is refused."""
    topic, value = message
    expected, found = judge(topic, value), answer(decode_event, value)

    if expected is None:
        # Of another topic it may be an event all the same.
        assert found is None or any(judge(other, value) for other in EVENT_TOPICS)
    else:
        assert isinstance(expected, Event)
        for name in ("event_id", "workspace", "occurred_at", "account_id", "message_id", "body"):
            assert getattr(found, name) == getattr(expected, name)


@settings(max_examples=1_000)
@given(value=anything)
def test_any_bytes_get_an_answer(value: bytes) -> None:
    """A record, an event or a DecodeError: nothing else comes out."""
    found = answer(decode, value)
    event = answer(decode_event, value)
    assert event is None or found is not None


@given(message=damaged())
def test_memory_is_bounded_by_the_bytes(message: tuple[Topic, bytes]) -> None:
    """However long a text or a list claims to be."""
    _, value = message
    assert _peak(value) < 50_000 + _BYTES_A_BYTE * len(value)


@pytest.mark.parametrize("kind", HUGE, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("topic", [Topic.DM_SENT, Topic.CREATOR_CONTACTS, Topic.RATE_CELLS])
def test_memory_is_bounded_for_huge_records(
    kind: Callable[..., bytes | None], topic: Topic
) -> None:
    """Mebibytes that might be millions of small values, too."""
    chance = random.Random(5)
    source = Source(_LOG, chance)
    value = kind(source.of(topic), source, chance) or b""
    assert _peak(value) < 50_000 + _BYTES_A_BYTE * len(value)


def _peak(value: bytes) -> int:
    tracemalloc.start()
    try:
        answer(decode, value)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
