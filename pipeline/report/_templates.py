"""Which campaigns' templates differ by more than chance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.report._model import TemplateComparison, TemplateResponse
from pipeline.report._rate import Rate, surely_greater

_ERROR = 0.05
"""How often a report may name any difference where there is none."""


class TemplateRow(NamedTuple):
    """The attempts of one campaign whose opener used one template."""

    workspace: str
    campaign_id: str
    template_id: str
    response: Rate


def compare_templates(rows: Iterable[TemplateRow]) -> tuple[TemplateComparison, ...]:
    """Return the campaigns whose best template surely beats their worst, by how much it does.

    Each pair of templates that could have been named is one more chance to be wrong: the confidence
    asked for grows with their number (Bonferroni). Openers without a template are left out.
    """
    campaigns: dict[tuple[str, str], list[TemplateResponse]] = defaultdict(list)
    for row in rows:
        if row.campaign_id and row.template_id and row.response.whole:
            response = TemplateResponse(row.template_id, row.response)
            campaigns[row.workspace, row.campaign_id].append(response)
    pairs = sum(len(found) * (len(found) - 1) // 2 for found in campaigns.values())
    confidence = 1 - _ERROR / max(1, pairs)
    compared = (
        TemplateComparison(
            workspace,
            campaign_id,
            tuple(sorted(found, key=lambda one: (-_rate(one), one.template_id))),
        )
        for (workspace, campaign_id), found in campaigns.items()
    )
    differing = (one for one in compared if _differ(one, confidence))
    return tuple(sorted(differing, key=lambda one: (-_gap(one), one.workspace, one.campaign_id)))


def _differ(compared: TemplateComparison, confidence: float) -> bool:
    best, worst = compared.templates[0], compared.templates[-1]
    return surely_greater(best.response, worst.response, confidence)


def _gap(compared: TemplateComparison) -> float:
    return _rate(compared.templates[0]) - _rate(compared.templates[-1])


def _rate(one: TemplateResponse) -> float:
    return one.response.rate or 0.0
