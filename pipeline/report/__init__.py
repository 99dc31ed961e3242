"""The report: what the warehouse has to say about the outreach, for people and for programs.

read_report(address: Address, *, workspace: str | None = None, campaign: str | None = None)
    -> Report
print_report(report: Report, console: rich.console.Console) -> None
to_json(report: Report) -> str

`text` holds how a report writes numbers, spans and names.
"""

from pipeline.report import _text as text
from pipeline.report._json import to_json
from pipeline.report._model import (
    CampaignResponses,
    DeadLetters,
    Headline,
    HourResponse,
    Offender,
    PlatformResponses,
    Report,
    Responses,
    RiskyCampaign,
    RuleViolations,
    StepRate,
    TemplateComparison,
)
from pipeline.report._print import print_report
from pipeline.report._rate import FEW, Rate
from pipeline.report._read import read_report
from pipeline.report._text import printable
from pipeline.report._views import views

__all__ = [
    "FEW",
    "CampaignResponses",
    "DeadLetters",
    "Headline",
    "HourResponse",
    "Offender",
    "PlatformResponses",
    "Rate",
    "Report",
    "Responses",
    "RiskyCampaign",
    "RuleViolations",
    "StepRate",
    "TemplateComparison",
    "print_report",
    "printable",
    "read_report",
    "text",
    "to_json",
    "views",
]
