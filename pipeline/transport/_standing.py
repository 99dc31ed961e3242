"""How far agents are, partition by partition, for whoever watches over them."""

from __future__ import annotations

from typing import NamedTuple


class Standing(NamedTuple):
    """How far the reader of one partition is at one moment."""

    agent: str
    acknowledged: int
    """Everything before this offset is acknowledged and durable,"""
    handed_out: int
    """and everything before this one has been handed to the agent."""
    lag: int
    """How many offsets are left to acknowledge; none need hold a record, but 0 means none does."""
    waits: bool
    """Whether there is something to read that the agent has not been given."""
    records_out: int
    """How many records the agent has and has not acknowledged."""
    oldest: int | None
    """When the first of those was appended, in milliseconds since 1970 (UTC); None without one."""
