"""Response rates and step rates, counted from the touches alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from tests.reference._conversation import OUTREACH
from tests.reference._event import HOUR, MessageKey
from tests.reference._result import ResponseCell, ResponseCounts, StepCell, StepCounts, TouchRow


def _hour(moment: int) -> int:
    return moment - moment % HOUR


def _by_attempt(touches: Mapping[MessageKey, TouchRow]) -> list[list[tuple[MessageKey, TouchRow]]]:
    attempts = defaultdict(list)
    for key, row in touches.items():
        attempts[(*key[:3], row.creator_id, row.campaign_id)].append((key, row))
    return list(attempts.values())


def response_rates(touches: Mapping[MessageKey, TouchRow]) -> dict[ResponseCell, ResponseCounts]:
    """Count attempts by the hour, account, campaign and template of their openers."""
    cells: dict[ResponseCell, ResponseCounts] = {}
    for attempt in _by_attempt(touches):
        (workspace, platform, account_id, _), opener = min(
            attempt, key=lambda touch: (touch[1].sent_at, touch[1].event_id)
        )
        classes = {row.reply_class for _, row in attempt if row.phase == OUTREACH} - {None}
        assert len(classes) <= 1
        cell = (
            workspace,
            platform,
            account_id,
            opener.campaign_id,
            opener.template_id,
            _hour(opener.sent_at),
        )
        attempts, replied, positive, opt_outs = cells.get(cell, (0, 0, 0, 0))
        cells[cell] = (
            attempts + 1,
            replied + bool(classes),
            positive + ("positive" in classes),
            opt_outs + ("opt_out" in classes),
        )
    return cells


def step_rates(touches: Mapping[MessageKey, TouchRow]) -> dict[StepCell, StepCounts]:
    """Count the touches of the outreach phase by their own hour, campaign, template and step."""
    cells: dict[StepCell, StepCounts] = {}
    for (workspace, platform, account_id, _), row in touches.items():
        if row.phase != OUTREACH:
            continue
        cell = (
            workspace,
            platform,
            account_id,
            row.campaign_id,
            row.template_id,
            row.step,
            _hour(row.sent_at),
        )
        sent, replied, positive, seconds = cells.get(cell, (0, 0, 0, 0))
        cells[cell] = (
            sent + 1,
            replied + (row.replied_at is not None),
            positive + (row.reply_class == "positive"),
            seconds + (row.seconds_to_reply or 0),
        )
    return cells
