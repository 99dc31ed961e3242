"""Tell whether the agents of a process stand still: a decision about observations, and no more."""

from pipeline.monitoring.liveness._observation import Observation, Phase, Sign
from pipeline.monitoring.liveness._watchdog import Standstill, Watchdog

__all__ = ["Observation", "Phase", "Sign", "Standstill", "Watchdog"]
