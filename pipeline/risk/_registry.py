"""Every signal of a campaign: a new one is a file, a line here and one in the weights."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from pipeline.risk._codes import RiskSignal
from pipeline.risk._counts import TRAITS
from pipeline.risk._inquiry import Finding, Inquiry
from pipeline.risk.signals import (
    burst,
    copies,
    follow_up_excess,
    lockstep,
    low_quality,
    low_response_rate,
    negative_replies,
    opt_outs,
    read_unanswered,
    rule_violations,
    traits,
)

SIGNALS: Final[Mapping[RiskSignal, Callable[[Inquiry], Finding | None]]] = {
    RiskSignal.COPIES: copies.find,
    RiskSignal.LOCKSTEP: lockstep.find,
    RiskSignal.OPT_OUTS: opt_outs.find,
    RiskSignal.FOLLOW_UP_EXCESS: follow_up_excess.find,
    RiskSignal.RULE_VIOLATIONS: rule_violations.find,
    RiskSignal.LOW_RESPONSE_RATE: low_response_rate.find,
    RiskSignal.NEGATIVE_REPLIES: negative_replies.find,
    RiskSignal.BURST: burst.find,
    RiskSignal.READ_UNANSWERED: read_unanswered.find,
    RiskSignal.LOW_QUALITY: low_quality.find,
    **{RiskSignal(trait.value): traits.finder(trait) for trait in TRAITS},
}
"""Of two that add the same, the one that stands first here is named first."""
