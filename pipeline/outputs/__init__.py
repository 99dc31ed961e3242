"""What folds write: rows for the data team, rate cells, and feeds for other folds. Pure."""

from pipeline.outputs._campaign_feed import broken_outputs, review_output
from pipeline.outputs._campaign_news import CampaignNews, broken_updates, read_campaign
from pipeline.outputs._cells import cell_outputs
from pipeline.outputs._creator_feed import read_contacts
from pipeline.outputs._dead_letters import dead_line, dead_record
from pipeline.outputs._feeds import feed_outputs
from pipeline.outputs._notices import delivery_output, membership_output, read_notice
from pipeline.outputs._partitions import partition_of
from pipeline.outputs._pauses import pause_outputs, read_pause
from pipeline.outputs._risk import alert_outputs, risk_outputs
from pipeline.outputs._rows import row_outputs, violation_outputs
from pipeline.outputs._workspace_feed import WorkspaceNews, read_workspace

__all__ = [
    "CampaignNews",
    "WorkspaceNews",
    "alert_outputs",
    "broken_outputs",
    "broken_updates",
    "cell_outputs",
    "dead_line",
    "dead_record",
    "delivery_output",
    "feed_outputs",
    "membership_output",
    "partition_of",
    "pause_outputs",
    "read_campaign",
    "read_contacts",
    "read_notice",
    "read_pause",
    "read_workspace",
    "review_output",
    "risk_outputs",
    "row_outputs",
    "violation_outputs",
]
