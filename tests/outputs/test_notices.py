from __future__ import annotations

import pytest
from msgspec import structs

from pipeline.alerts import (
    Alert,
    AlertChange,
    AlertId,
    Delivery,
    Example,
    NotifierChange,
    Outcome,
)
from pipeline.avro import DecodeError, SchemaName, encode
from pipeline.events import (
    AccountId,
    CampaignId,
    CreatorId,
    MessageId,
    Milliseconds,
    Platform,
    WorkspaceId,
)
from pipeline.keyed import key_of
from pipeline.outputs import (
    alert_outputs,
    delivery_output,
    membership_output,
    partition_of,
    read_notice,
)
from pipeline.risk import AlertRow
from pipeline.topics import Topic
from pipeline.transport import Output

NORTH, SPRING = WorkspaceId("north"), CampaignId("spring")
ALERT = Alert(
    alert_id=AlertId("a-1"),
    workspace=NORTH,
    campaign_id=SPRING,
    sequence=1,
    change=AlertChange.UPDATED,
    risk=84,
    at=Milliseconds(2_000),
    opened_at=Milliseconds(1_000),
    paused=True,
    evidence=("48 of 51 openers were copies.", ""),
    examples=(
        Example(
            Platform.X,
            AccountId("brand"),
            CreatorId("ana"),
            MessageId("m1"),
            Milliseconds(500),
            "hi <name> 🙃",
        ),
    ),
)
DELIVERY = Delivery(
    AlertId("a-1"), NORTH, SPRING, "on-call", 1, Outcome.GIVEN_UP, Milliseconds(3_000), "k", "410"
)


def value(output: Output) -> bytes:
    """Return the bytes of a record that is no tombstone."""
    assert output.value is not None
    return output.value


def test_an_alert_is_read_as_it_was_written() -> None:
    """Once for the warehouse and once for those who tell people, in the campaign's partition."""
    row = AlertRow(ALERT, highest=90, resolved_at=None)

    outputs = alert_outputs([row], partition=3)

    assert [output.topic for output in outputs] == [Topic.ALERTS, Topic.ALERT_NOTICES]
    assert [output.partition for output in outputs] == [3, 3]
    assert [read_notice(value(output)) for output in outputs] == [ALERT, ALERT]


@pytest.mark.parametrize("outcome", Outcome)
def test_a_delivery_is_read_as_it_was_written(outcome: Outcome) -> None:
    """It stands in the partition of the alert that it is about."""
    delivery = structs.replace(DELIVERY, outcome=outcome)
    output = delivery_output(delivery, partitions=8)

    assert read_notice(value(output)) == delivery
    assert output.partition == partition_of(key_of(NORTH, SPRING).encode(), 8)


@pytest.mark.parametrize("in_use", [True, False])
def test_a_notifier_that_comes_or_goes_is_told_to_each_partition(in_use: bool) -> None:  # noqa: FBT001 - a case
    """Each partition has a copy, as who owns it must know by itself."""
    change = NotifierChange("on-call", Milliseconds(5), in_use)

    output = membership_output(change, partition=2)

    assert read_notice(value(output)) == change
    assert (output.topic, output.partition) == (Topic.DELIVERIES, 2)


def test_anything_else_is_refused() -> None:
    """It goes to the dead letters, with the reason."""
    risk = {
        "workspace": "north",
        "campaign_id": "spring",
        "risk": 3,
        "signals": "[]",
        "paused": False,
        "updated_at": 0,
        "withdrawn": False,
    }
    with pytest.raises(DecodeError, match="no alert and no delivery"):
        read_notice(encode(SchemaName.CAMPAIGN_RISK, risk))
