"""Pauses of campaigns: facts in the log, and what they come to at any moment. Pure."""

from pipeline.pauses._decision import Decided, Decision
from pipeline.pauses._pause import Pause, PausedBy, PauseId, pause_id_of
from pipeline.pauses._reading import DecisionError, read_decision
from pipeline.pauses._state import PauseBook, add_pauses
from pipeline.pauses._timeline import Interval, in_force, intervals, is_paused, span_of

__all__ = [
    "Decided",
    "Decision",
    "DecisionError",
    "Interval",
    "Pause",
    "PauseBook",
    "PauseId",
    "PausedBy",
    "add_pauses",
    "in_force",
    "intervals",
    "is_paused",
    "pause_id_of",
    "read_decision",
    "span_of",
]
