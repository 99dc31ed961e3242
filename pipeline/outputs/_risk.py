"""The risk of campaigns as rows for the data team, and their alerts as facts."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.alerts import Example
from pipeline.avro import SchemaName, encode, seal_plain
from pipeline.keyed import key_of
from pipeline.risk import AlertRow, CampaignRiskRow
from pipeline.topics import Topic
from pipeline.transport import Output


def risk_outputs(rows: Iterable[CampaignRiskRow], partition: int) -> list[Output]:
    """Return the records of campaigns' risk, in the partition of the fold that works it out."""
    return [_risk(row, partition) for row in rows]


def alert_outputs(rows: Iterable[AlertRow], partition: int) -> list[Output]:
    """Return the records of alerts, in the partition of their campaigns, for each reader."""
    return [
        Output(topic, key_of(row.alert.alert_id).encode(), _alert(row), partition)
        for row in rows
        for topic in (Topic.ALERTS, Topic.ALERT_NOTICES)
    ]


def _risk(row: CampaignRiskRow, partition: int) -> Output:
    workspace, campaign_id = row.campaign
    record = {
        "workspace": workspace,
        "campaign_id": campaign_id,
        "risk": row.risk,
        "signals": row.signals,
        "paused": row.paused,
        "updated_at": row.updated_at,
        "withdrawn": row.withdrawn,
    }
    value = encode(SchemaName.CAMPAIGN_RISK, record)
    return Output(Topic.CAMPAIGN_RISK, key_of(*row.campaign).encode(), value, partition)


def _alert(row: AlertRow) -> bytes:
    alert = row.alert
    record = {
        "workspace": alert.workspace,
        "alert_id": alert.alert_id,
        "campaign_id": alert.campaign_id,
        "sequence": alert.sequence,
        "change": alert.change,
        "risk": alert.risk,
        "highest": row.highest,
        "at": alert.at,
        "opened_at": alert.opened_at,
        "resolved_at": row.resolved_at,
        "paused": alert.paused,
        "sentences": alert.evidence,
        "evidence": [_example(example) for example in alert.examples],
    }
    return encode(SchemaName.ALERT, record)


def _example(example: Example) -> dict[str, object]:
    return {
        "signal": "",
        "platform": example.platform,
        "account_id": example.account_id,
        "message_id": example.message_id,
        "words": seal_plain(example.text),
        "creator_id": example.creator_id,
        "sent_at": example.sent_at,
    }
