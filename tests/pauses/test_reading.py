from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.pauses import Decision, DecisionError, read_decision

LONGEST = {
    "campaign_id": "c" * 512,
    "paused": True,
    "workspace": "w" * 512,
    "name": "n" * 200,
    "reasons": ["r" * 1_000] * 10,
}
TOO_LONG = {
    "campaign_id": ("c" * 513, "campaign_id must be text of 1 to 512 characters"),
    "workspace": ("w" * 513, "workspace must be text of 1 to 512 characters"),
    "name": ("n" * 201, "name must be text of at most 200 characters"),
    "reasons": (["r", "r" * 1_001], "reasons[1] must be text of 1 to 1,000 characters"),
}


def test_the_limits_are_those_that_are_named() -> None:
    """What is as long as it may be is read as it is."""
    decision = read_decision(msgspec.json.encode(LONGEST))
    assert msgspec.json.decode(msgspec.json.encode(decision)) == LONGEST


@pytest.mark.parametrize("field", TOO_LONG)
def test_one_more_is_too_many(field: str) -> None:
    """The first thing wrong is named with its field and what it may be."""
    value, complaint = TOO_LONG[field]
    with pytest.raises(DecisionError) as caught:
        read_decision(msgspec.json.encode({**LONGEST, field: value}))
    assert str(caught.value) == complaint


VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=3)
FIELDS = st.sampled_from([*LONGEST, "at"])


@given(st.dictionaries(FIELDS, VALUES | st.lists(VALUES, max_size=12)))
def test_any_object_is_a_decision_or_has_something_wrong(fields: dict[str, object]) -> None:
    """It is one exactly where its type says so, and nothing else comes of it."""
    content = msgspec.json.encode(fields)
    try:
        decision = msgspec.json.decode(content, type=Decision)
    except msgspec.ValidationError:
        with pytest.raises(DecisionError):
            read_decision(content)
    else:
        assert read_decision(content) == decision


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"at":' * 100_000, b"\xff", b"null"])
def test_what_is_no_object_is_told_so(content: bytes) -> None:
    """However deep it is nested."""
    with pytest.raises(DecisionError, match="This is no JSON object in UTF-8"):
        read_decision(content)
