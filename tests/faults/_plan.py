"""How a process of a drill differs from what an operator starts."""

from __future__ import annotations

from enum import StrEnum
from signal import SIGKILL

import msgspec

from pipeline.warehouse import Address


class Point(StrEnum):
    """A moment of the commit of a batch."""

    BEFORE = "before"
    """The batch is folded, and nothing of that is on its way."""
    WITHIN = "within"
    """The outputs stand in a transaction that is open."""
    AFTER = "after"
    """The transaction holds, and the agent has not heard of it: its state is not written."""


class Crash(msgspec.Struct, frozen=True):
    """The commit in which the process kills itself, or stands still."""

    agent: str
    point: Point
    commit: int
    """Which of the agent's commits in this process, from 1."""
    signal: int = SIGKILL
    """What it sends to itself; after SIGSTOP it goes on from there when somebody lets it."""

    def __str__(self) -> str:
        return f"{self.point} commit {self.commit} of {self.agent}"


class Plan(msgspec.Struct, frozen=True):
    """What the program is told beside the arguments of `outreach`."""

    notes: str
    """The file in which it notes what its agents do."""
    batch_records: int
    """Small, so that even a small log takes many commits."""
    insert_rows: int
    warehouse: Address | None = None
    """Where the agents write; None: where `outreach` has them write."""
    crash: Crash | None = None
