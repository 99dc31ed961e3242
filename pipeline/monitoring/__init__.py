"""Watching over agents: metrics, health, and a watchdog that ends a process which stands still."""

from pipeline.monitoring._lookups import CacheLookup, StandingsLookup
from pipeline.monitoring._monitor import Monitor
from pipeline.monitoring._observing import look_at
from pipeline.monitoring._pages import metrics_answer
from pipeline.monitoring._supervisor import Supervision, supervised
from pipeline.monitoring._work import Work

__all__ = [
    "CacheLookup",
    "Monitor",
    "StandingsLookup",
    "Supervision",
    "Work",
    "look_at",
    "metrics_answer",
    "supervised",
]
