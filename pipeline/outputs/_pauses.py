"""Pauses as records: one copy for each partition of accounts, and one for the campaign itself."""

from __future__ import annotations

from typing import Final

from pipeline.avro import (
    DecodeError,
    DecodeFailure,
    SchemaName,
    encode,
    open_text,
    seal_plain,
)
from pipeline.keyed import key_of
from pipeline.outputs._partitions import partition_of
from pipeline.outputs._reading import read_enum, read_record
from pipeline.pauses import Pause, PausedBy
from pipeline.topics import Topic
from pipeline.transport import Output

_LATEST: Final = 10_413_791_999_999
"""The end of the year 2299, as for events."""


def pause_outputs(pause: Pause, partitions: int) -> list[Output]:
    """Return all records of a pause: they belong into one transaction."""
    key = key_of(pause.workspace, pause.campaign_id).encode()
    value = _value(pause)
    return [
        *(Output(Topic.PAUSES, key, value, partition) for partition in range(partitions)),
        Output(Topic.CAMPAIGN_PAUSES, key, value, partition_of(key, partitions)),
    ]


def read_pause(value: bytes) -> Pause:
    """Read the record of a pause. Raises DecodeError."""
    record = read_record(value, SchemaName.PAUSE)
    if not 0 <= record["at"] <= _LATEST:
        raise DecodeError(DecodeFailure.OUT_OF_RANGE, field="at", detail="1970-01-01 to 2299-12-31")
    return Pause(
        pause_id=record["pause_id"],
        workspace=record["workspace"],
        campaign_id=record["campaign_id"],
        at=record["at"],
        paused=record["paused"],
        by=read_enum(PausedBy, record, "by"),
        name=open_text(record["name"], field="name"),
        reasons=tuple(record["reasons"]),
    )


def _value(pause: Pause) -> bytes:
    record = {
        "pause_id": pause.pause_id,
        "workspace": pause.workspace,
        "campaign_id": pause.campaign_id,
        "at": pause.at,
        "paused": pause.paused,
        "by": pause.by,
        "name": seal_plain(pause.name),
        "reasons": pause.reasons,
    }
    return encode(SchemaName.PAUSE, record)
