"""What accounts tell every partition of campaigns of the workspace as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.accounts import CampaignConduct
from pipeline.avro import SchemaName, encode
from pipeline.conversation import Phase
from pipeline.events import WorkspaceId
from pipeline.keyed import key_of
from pipeline.outputs._reading import read_record
from pipeline.risk import DEFAULT_RISK_SETTINGS, AnswersUpdate, is_answer_in_time
from pipeline.topics import Topic
from pipeline.transport import Output

_HOUR = 3_600_000

_Sums = dict[int, list[int]]


class WorkspaceNews(NamedTuple):
    """What a record says of one workspace."""

    answers: list[AnswersUpdate]


def workspace_outputs(
    conduct: Iterable[tuple[CampaignConduct, bool]], partitions: int
) -> Iterator[Output]:
    """Yield how the sums of workspaces change, one copy for each partition of the feed."""
    workspaces: dict[WorkspaceId, _Sums] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for touch, holds in conduct:
        sign = 1 if holds else -1
        hours = workspaces[touch.account.workspace]
        if touch.opens_attempt:
            hours[touch.occurred_at // _HOUR][0] += sign
        if touch.phase is Phase.OUTREACH and is_answer_in_time(
            touch.attempt_started_at, touch.replied_at, DEFAULT_RISK_SETTINGS
        ):
            hours[touch.attempt_started_at // _HOUR][1] += sign
    for workspace, hours in workspaces.items():
        changed = [
            {"hour": hour * _HOUR, "attempts": attempts, "answered": answered}
            for hour, (attempts, answered) in hours.items()
            if attempts or answered
        ]
        if changed:
            value = encode(SchemaName.WORKSPACE_ANSWERS, {"workspace": workspace, "hours": changed})
            key = key_of(workspace).encode()
            for partition in range(partitions):
                yield Output(Topic.WORKSPACE_ANSWERS, key, value, partition)


def read_workspace(value: bytes) -> WorkspaceNews:
    """Read a record of the feed. Raises DecodeError."""
    record = read_record(value, SchemaName.WORKSPACE_ANSWERS)
    return WorkspaceNews(
        [
            AnswersUpdate(
                record["workspace"], each["hour"] // _HOUR, each["attempts"], each["answered"]
            )
            for each in record["hours"]
        ]
    )
