"""Policies: the settings of the cadence rules, for whom they hold, and from when."""

from pipeline.policy._changes import Change
from pipeline.policy._file import DEFAULT_POLICY, PolicyCheck, check, load
from pipeline.policy._limits import Limits
from pipeline.policy._model import Source
from pipeline.policy._policy import Policy
from pipeline.policy._problems import PolicyError, Problem
from pipeline.policy._timeline import PolicyTimeline

__all__ = [
    "DEFAULT_POLICY",
    "Change",
    "Limits",
    "Policy",
    "PolicyCheck",
    "PolicyError",
    "PolicyTimeline",
    "Problem",
    "Source",
    "check",
    "load",
]
