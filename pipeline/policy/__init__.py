"""Policies: the settings of the cadence rules, for whom they hold, and from when.

`Location`, `Problem`, `Timezone`, `describe`, `key_lines` and `line_of` are for every file of
settings in TOML: they say where in it something is wrong, and in which words.
"""

from pipeline.policy._changes import Change
from pipeline.policy._file import DEFAULT_POLICY, PolicyCheck, check, load
from pipeline.policy._limits import Limits
from pipeline.policy._model import Source, Timezone
from pipeline.policy._policy import Policy
from pipeline.policy._positions import Location, key_lines, line_of
from pipeline.policy._problems import PolicyError, Problem, describe
from pipeline.policy._timeline import PolicyTimeline

__all__ = [
    "DEFAULT_POLICY",
    "Change",
    "Limits",
    "Location",
    "Policy",
    "PolicyCheck",
    "PolicyError",
    "PolicyTimeline",
    "Problem",
    "Source",
    "Timezone",
    "check",
    "describe",
    "key_lines",
    "line_of",
    "load",
]
