"""What the agents of one worker are given, and how the app that holds them is made.

Whoever starts a system has the factory handed in: this package does not know the agents.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import faust

from pipeline.avro.wire import SINGLE_OBJECT, Wire
from pipeline.judging import Lexicons
from pipeline.monitoring import Monitor
from pipeline.notify import AlertSettings
from pipeline.state import Cache
from pipeline.state.table import StateTable, state_table
from pipeline.warehouse import Address

GROUP = "outreach"
"""The consumer group: in its name everything is acknowledged."""

TOLD = "told"
"""The state that remembers what people were told. It is a fact, and no rebuild takes it away."""


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of all agents of one worker."""

    partitions: int
    """How many partitions each topic has."""
    state_directory: Path
    """Where this worker keeps its state; no other worker may use it."""
    warehouse: Address
    insert_rows: int
    """The warehouse gets records when this many are waiting,"""
    insert_seconds: float
    """or when the oldest has waited this long."""
    cache: Cache = field(default_factory=Cache)
    """Decoded state of all agents together; bounded."""
    wire: Wire = SINGLE_OBJECT
    """How records stand in the topics."""
    monitor: Monitor = field(default_factory=Monitor)
    """Where they tell what they do."""
    alerts: AlertSettings | None = None
    """Who is told of alerts; None: nobody, here."""
    lexicons: Lexicons = field(default_factory=dict)
    """What workspaces judge messages by, beside what is shipped."""

    def table(self, app: faust.App, agent: str) -> StateTable:
        """Add the state of an agent to an app that has not started."""
        return state_table(app, agent, self.state_directory, self.cache, partitions=self.partitions)


AppFactory = Callable[[str, Context], faust.App]
"""Makes the app with all agents, for the log at a URL."""
