"""Touches that were sent although a rule forbade them."""

from __future__ import annotations

from typing import Final

from pipeline.risk._counts import RULES, Count
from pipeline.risk._inquiry import Finding, Inquiry
from pipeline.risk._share import Share
from pipeline.risk._wording import number
from pipeline.rules import RuleCode

_OTHERS: Final = {rule: RULES[rule] for rule in RuleCode if rule is not RuleCode.FOLLOW_UP_LIMIT}


def find(inquiry: Inquiry) -> Finding | None:
    """Return how many rules a hundred touches break, at least.

    Follow-ups beyond the limit are a signal of their own, and are not held against it twice.
    """
    recent = inquiry.behaviour.recent
    others = recent.get(Count.VIOLATIONS, 0) - recent.get(Count.FOLLOW_UP_LIMIT, 0)
    violations = Share(others, recent.get(Count.TOUCHES, 0))
    if not inquiry.says_something(violations):
        return None
    by_rule = sorted((-recent.get(count, 0), rule) for rule, count in _OTHERS.items())
    named = ", ".join(f"{rule.value} {number(-much)}" for much, rule in by_rule if much)
    return Finding(
        violations.surely_per_hundred,
        f"{number(violations.whole)} messages broke a rule {number(violations.part)} times "
        f"({named})",
    )
