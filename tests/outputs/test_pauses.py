from __future__ import annotations

import pytest

from pipeline.avro import DecodeError, DecodeFailure, SchemaName, decode, encode
from pipeline.events import CampaignId, Milliseconds, WorkspaceId
from pipeline.outputs import partition_of, pause_outputs, read_pause
from pipeline.pauses import Pause, PausedBy, PauseId
from pipeline.topics import Topic

PAUSE = Pause(
    PauseId("p1"),
    WorkspaceId("default"),
    CampaignId("spring"),
    Milliseconds(1_767_225_600_000),
    paused=True,
    by=PausedBy.PERSON,
    name="Tess",
    reasons=("two creators complained",),
)
RECORD = decode(pause_outputs(PAUSE, 1)[0].value or b"")[1]


def test_every_account_and_the_campaign_get_the_pause() -> None:
    """One copy for each partition of accounts, one where the campaign is; all read the same."""
    *copies, own = pause_outputs(PAUSE, 3)
    assert [(each.topic, each.partition) for each in copies] == [
        (Topic.PAUSES, partition) for partition in range(3)
    ]
    key = b'["default","spring"]'
    assert (own.topic, own.partition) == (Topic.CAMPAIGN_PAUSES, partition_of(key, 3))
    assert {each.key for each in (*copies, own)} == {key}
    assert {read_pause(each.value or b"") for each in (*copies, own)} == {PAUSE}


@pytest.mark.parametrize(
    ("field", "value", "failure"),
    [
        ("at", -1, DecodeFailure.OUT_OF_RANGE),
        ("at", 2**60, DecodeFailure.OUT_OF_RANGE),
        ("by", "chance", DecodeFailure.UNKNOWN_VALUE),
        ("name", {"bytes": b"\xff", "key_id": None}, DecodeFailure.NOT_UTF8),
        ("name", {"bytes": b"", "key_id": "k"}, DecodeFailure.SEALED),
    ],
)
def test_what_cannot_be_is_refused(field: str, value: object, failure: DecodeFailure) -> None:
    """With the field that is to blame."""
    record = encode(SchemaName.PAUSE, RECORD | {field: value})
    with pytest.raises(DecodeError) as caught:
        read_pause(record)
    assert (caught.value.field, caught.value.failure) == (field, failure)
