"""What folds write: rows for the data team, rate cells, and feeds for other folds. Pure."""

from pipeline.outputs._cells import cell_outputs
from pipeline.outputs._dead_letters import dead_line, dead_record
from pipeline.outputs._feeds import feed_outputs, read_campaign, read_contacts
from pipeline.outputs._partitions import partition_of
from pipeline.outputs._rows import row_outputs, violation_outputs

__all__ = [
    "cell_outputs",
    "dead_line",
    "dead_record",
    "feed_outputs",
    "partition_of",
    "read_campaign",
    "read_contacts",
    "row_outputs",
    "violation_outputs",
]
