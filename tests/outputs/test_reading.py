from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.avro import DecodeError, DecodeFailure, SchemaName, encode
from pipeline.outputs import feed_outputs, read_campaign, read_contacts
from pipeline.topics import Topic
from tests.folds._story import policy
from tests.outputs._story import changes_of, opened
from tests.reference._story import NOON, touch

CELLS = {
    "workspace": "default",
    "platform": "linkedin",
    "account_id": "a1",
    "response_cells": [],
    "step_cells": [],
}


@pytest.mark.parametrize("read", [read_contacts, read_campaign])
def test_a_record_of_another_kind_is_refused(read: Callable[[bytes], object]) -> None:
    """Bytes that are no record of the feed go to the dead letters, with the reason."""
    with pytest.raises(DecodeError):
        read(b"")
    with pytest.raises(DecodeError) as refused:
        read(encode(SchemaName.RATE_CELLS, CELLS))
    assert refused.value.failure is DecodeFailure.UNKNOWN_VALUE


def test_a_platform_or_phase_of_tomorrow_is_refused() -> None:
    """What this program does not know it cannot fold; the error names the field."""
    changes = changes_of([touch("m1", NOON)], policy=policy(campaign_daily_cap=9))
    for topic, name, read in (
        (Topic.CREATOR_CONTACTS, SchemaName.CREATOR_CONTACTS, read_contacts),
        (Topic.CAMPAIGN_TOUCHES, SchemaName.CAMPAIGN_TOUCH, read_campaign),
    ):
        (output,) = [each for each in feed_outputs(changes, 1) if each.topic == topic]
        record = opened(output)
        (contact,) = record.get("contacts", [record])
        (item,) = contact["touches"]
        for field, owner in (
            ("platform", item if topic == Topic.CAMPAIGN_TOUCHES else contact),
            ("phase", item),
        ):
            kept = owner[field]
            owner[field] = "telepathy"
            with pytest.raises(DecodeError) as refused:
                read(encode(name, record))
            assert refused.value.field == field
            owner[field] = kept
        assert read(encode(name, record))
