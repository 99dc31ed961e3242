"""The feeds between folds: what accounts tell the creators' and the campaigns' side."""

from __future__ import annotations

from pipeline.accounts import AccountChanges
from pipeline.outputs._campaign_feed import campaign_outputs
from pipeline.outputs._creator_feed import contact_outputs
from pipeline.outputs._workspace_feed import workspace_outputs
from pipeline.transport import Output


def feed_outputs(changes: AccountChanges, partitions: int) -> list[Output]:
    """Return the feeds' records; each feed has that many partitions."""
    return [
        *contact_outputs(changes, partitions),
        *campaign_outputs(changes, partitions),
        *workspace_outputs(changes.conduct, partitions),
    ]
