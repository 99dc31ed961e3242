"""Rate cells as records: absolute counts, one record for each account that a batch changed."""

from __future__ import annotations

from pipeline.accounts import AccountChanges, partition_key
from pipeline.avro import SchemaName, encode
from pipeline.topics import Topic
from pipeline.transport import Output


def cell_outputs(changes: AccountChanges, partition: int) -> list[Output]:
    """Return the cells that are different now, with the counts that they have now."""
    outputs = []
    for account in changes.response_cells.keys() | changes.step_cells.keys():
        workspace, platform, account_id = account
        record = {
            "workspace": workspace,
            "platform": platform,
            "account_id": account_id,
            "response_cells": [
                {
                    "campaign_id": cell.campaign_id,
                    "template_id": cell.template_id,
                    "hour": cell.hour,
                    "attempts": counts.attempts,
                    "replied_attempts": counts.replied_attempts,
                    "positive_attempts": counts.positive_attempts,
                    "opt_outs": counts.opt_outs,
                }
                for cell, counts in changes.response_cells.get(account, {}).items()
            ],
            "step_cells": [
                {
                    "campaign_id": cell.campaign_id,
                    "template_id": cell.template_id,
                    "step": cell.step,
                    "hour": cell.hour,
                    "touches": counts.touches,
                    "replied_touches": counts.replied_touches,
                    "positive_touches": counts.positive_touches,
                    "reply_seconds": counts.reply_seconds,
                }
                for cell, counts in changes.step_cells.get(account, {}).items()
            ],
        }
        value = encode(SchemaName.RATE_CELLS, record)
        outputs.append(Output(Topic.RATE_CELLS, partition_key(account), value, partition))
    return outputs
