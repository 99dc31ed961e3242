"""The cadence rules that touches of a generated campaign break, under the shipped policy."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator

from evaluation.campaigns._story import DAY, Touch
from pipeline.policy import Limits
from pipeline.rules import ACCOUNT_RULES, InAccount, RuleCode, broken


def broken_rules(
    touches: Iterable[Touch], limits: Limits
) -> Iterator[tuple[Touch, frozenset[RuleCode]]]:
    """Yield touches in the order of time, each with the rules that it breaks.

    Looked at are `follow_up_limit`, `min_gap` and `account_daily_cap`: what generated campaigns do
    wrong is of these kinds.
    """
    previous: dict[tuple[str, int], int] = {}
    sent: dict[str, deque[int]] = defaultdict(deque)
    for touch in sorted(touches, key=lambda each: (each.at, each.creator, each.step)):
        rules = set()
        if limits.max_follow_ups is not None and touch.step > limits.max_follow_ups:
            rules.add(RuleCode.FOLLOW_UP_LIMIT)
        before = previous.get((touch.account, touch.creator))
        if before is not None and limits.min_gap and touch.at - before < limits.min_gap:
            rules.add(RuleCode.MIN_GAP)
        day = sent[touch.account]
        while day and day[0] <= touch.at - DAY:
            day.popleft()
        rules.update(broken(ACCOUNT_RULES, limits, None, InAccount(len(day))))
        day.append(touch.at)
        previous[touch.account, touch.creator] = touch.at
        yield touch, frozenset(rules)
