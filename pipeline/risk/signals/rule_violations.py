"""Touches that were sent although a rule forbade them."""

from __future__ import annotations

from pipeline.risk._counts import RULES, Count
from pipeline.risk._inquiry import Finding, Inquiry
from pipeline.risk._wording import number
from pipeline.rules import RuleCode


def find(inquiry: Inquiry) -> Finding | None:
    """Return how many rules a hundred touches break, at least."""
    violations = inquiry.behaviour.of_touches(Count.VIOLATIONS)
    if not inquiry.says_something(violations):
        return None
    recent = inquiry.behaviour.recent
    by_rule = sorted((-recent.get(RULES[rule], 0), rule) for rule in RuleCode)
    named = ", ".join(f"{rule.value} {number(-much)}" for much, rule in by_rule if much)
    return Finding(
        violations.surely_per_hundred,
        f"{number(violations.whole)} messages broke a rule {number(violations.part)} times "
        f"({named})",
    )
