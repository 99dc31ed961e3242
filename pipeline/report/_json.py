"""Write a report for programs."""

from __future__ import annotations

import msgspec

from pipeline.report._model import Report


def to_json(report: Report) -> str:
    """Return the report as an indented JSON object, without a newline at its end.

    Its keys are the fields of `Report` and of what it holds, each described there, and they stay:
    `scope`, `headline`, `platforms`, `campaigns`, `templates`, `steps`, `hours`,
    `riskiest_campaigns`, `rules`, `violating_campaigns`, `violating_accounts` and `dead_letters`.
    Every rate is an object of `part`, `whole`, `rate` (null where `whole` is 0), and `low` and
    `high`, the ends of its 95 % interval. Times are ISO 8601 in UTC, spans whole or fractional
    seconds.
    """
    return msgspec.json.format(msgspec.json.encode(report), indent=2).decode()
