"""What a cadence rule is, and how rules are applied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from pipeline.conversation import Phase
from pipeline.policy import Limits

Moment = TypeVar("Moment")


class RuleCode(StrEnum):
    """The code of a rule, as decisions, violations, SQL and pages show it."""

    FOLLOW_UP_LIMIT = "follow_up_limit"
    MIN_GAP = "min_gap"
    PRE_ACCEPT_LIMIT = "pre_accept_limit"
    ACCOUNT_DAILY_CAP = "account_daily_cap"
    CAMPAIGN_DAILY_CAP = "campaign_daily_cap"
    QUIET_HOURS = "quiet_hours"
    OPTED_OUT = "opted_out"
    RECONTACT_GAP = "recontact_gap"
    CREATOR_CONTACT_CAP = "creator_contact_cap"
    CAMPAIGN_PAUSED = "campaign_paused"


BOTH_PHASES = frozenset(Phase)
OUTREACH_ONLY = frozenset({Phase.OUTREACH})


@dataclass(frozen=True, slots=True)
class Rule(Generic[Moment]):
    """One rule: what it needs to know of a touch at its moment, and when the touch breaks it."""

    code: RuleCode
    phases: frozenset[Phase]
    """The phases of an attempt that it binds."""
    check: Callable[[Limits, Moment], str | None]
    """Return in one short sentence how the touch breaks the rule, or None where it keeps it."""


Findings = dict[RuleCode, str]
"""The rules that a touch breaks, each with how."""


def broken(
    rules: Sequence[Rule[Moment]], limits: Limits, phase: Phase | None, moment: Moment
) -> Findings:
    """Return every rule that a touch breaks: the same for a touch sent and one asked for.

    `phase` is that of its attempt: rules that do not bind it are passed over. A witness that does
    not know the phase has only rules that bind both, and gives None.
    """
    findings: Findings = {}
    for rule in rules:
        if phase is None or phase in rule.phases:
            detail = rule.check(limits, moment)
            if detail is not None:
                findings[rule.code] = detail
    return findings
