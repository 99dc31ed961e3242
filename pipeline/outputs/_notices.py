"""What the telling of people reads and writes: alerts, and facts about who was told."""

from __future__ import annotations

from typing import Final

from pipeline.alerts import (
    Alert,
    AlertChange,
    Delivery,
    DeliveryRecord,
    Example,
    NotifierChange,
    Outcome,
)
from pipeline.avro import DecodeError, DecodeFailure, SchemaName, decode, encode, open_text
from pipeline.events import Platform
from pipeline.keyed import key_of
from pipeline.outputs._partitions import partition_of
from pipeline.outputs._reading import Item, read_enum
from pipeline.topics import Topic
from pipeline.transport import Output

_IN_USE: Final = "in_use"
_OUT_OF_USE: Final = "out_of_use"


def delivery_output(delivery: Delivery, partitions: int) -> Output:
    """Return the record of a delivery, in the partition of the campaign that the alert is of."""
    campaign = key_of(delivery.workspace, delivery.campaign_id).encode()
    record = {
        "notifier": delivery.notifier,
        "at": delivery.at,
        "outcome": delivery.outcome,
        "workspace": delivery.workspace,
        "campaign_id": delivery.campaign_id,
        "alert_id": delivery.alert_id,
        "sequence": delivery.sequence,
        "key": delivery.key,
        "reason": delivery.reason,
    }
    key = key_of(delivery.alert_id, delivery.notifier).encode()
    value = encode(SchemaName.DELIVERY, record)
    return Output(Topic.DELIVERIES, key, value, partition_of(campaign, partitions))


def membership_output(change: NotifierChange, partition: int) -> Output:
    """Return the record of a notifier that came into use, or out of it, for one partition."""
    record = {
        "notifier": change.notifier,
        "at": change.at,
        "outcome": _IN_USE if change.in_use else _OUT_OF_USE,
        **dict.fromkeys(("workspace", "campaign_id", "alert_id", "key", "reason"), ""),
        "sequence": 0,
    }
    value = encode(SchemaName.DELIVERY, record)
    return Output(Topic.DELIVERIES, key_of(change.notifier).encode(), value, partition)


def read_notice(value: bytes) -> DeliveryRecord:
    """Read an alert, or a fact about who was told of one. Raises DecodeError."""
    name, record = decode(value)
    if name is SchemaName.ALERT:
        return _read_alert(record)
    if name is SchemaName.DELIVERY:
        return _read_delivery(record)
    raise DecodeError(DecodeFailure.UNKNOWN_VALUE, detail=f"a {name}, no alert and no delivery")


def _read_delivery(record: Item) -> Delivery | NotifierChange:
    if record["outcome"] in {_IN_USE, _OUT_OF_USE}:
        return NotifierChange(record["notifier"], record["at"], record["outcome"] == _IN_USE)
    return Delivery(
        alert_id=record["alert_id"],
        workspace=record["workspace"],
        campaign_id=record["campaign_id"],
        notifier=record["notifier"],
        sequence=record["sequence"],
        outcome=read_enum(Outcome, record, "outcome"),
        at=record["at"],
        key=record["key"],
        reason=record["reason"],
    )


def _read_alert(record: Item) -> Alert:
    return Alert(
        alert_id=record["alert_id"],
        workspace=record["workspace"],
        campaign_id=record["campaign_id"],
        sequence=record["sequence"],
        change=read_enum(AlertChange, record, "change"),
        risk=record["risk"],
        at=record["at"],
        opened_at=record["opened_at"],
        paused=record["paused"],
        evidence=tuple(record["sentences"]),
        examples=tuple(_read_example(example) for example in record["evidence"]),
    )


def _read_example(example: Item) -> Example:
    return Example(
        platform=read_enum(Platform, example, "platform"),
        account_id=example["account_id"],
        creator_id=example["creator_id"],
        message_id=example["message_id"],
        sent_at=example["sent_at"],
        text=open_text(example["words"], field="evidence.words"),
    )
