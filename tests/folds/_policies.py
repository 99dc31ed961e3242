"""Policies of the pipeline out of the limits of the reference."""

from __future__ import annotations

import json
from datetime import time

from pipeline.policy import DEFAULT_POLICY
from tests.reference import model


def document_of(limits: model.Limits) -> str:
    """Return the document of a policy with these limits on every platform."""
    document = json.loads(DEFAULT_POLICY.document())
    rules = {
        "max_follow_ups": limits.max_follow_ups,
        "min_gap": _span(limits.min_gap),
        "max_pre_accept": limits.max_pre_accept,
        "account_daily_cap": limits.account_daily_cap,
        "campaign_daily_cap": limits.campaign_daily_cap,
        "quiet_hours": _clock_times(limits.quiet_hours),
        "opted_out": "on" if limits.opted_out else "off",
        "recontact_gap": _span(limits.recontact_gap),
        "creator_contact_cap": limits.creator_contact_cap,
    }
    document["own"] = {
        "rules": {
            name: {"value": "off" if value is None else value} for name, value in rules.items()
        }
    }
    return json.dumps(document)


def _span(milliseconds: int | None) -> str | None:
    return None if milliseconds is None else f"{milliseconds // 3_600_000}h"


def _clock_times(quiet_hours: tuple[time, time] | None) -> str | None:
    return None if quiet_hours is None else "-".join(f"{at:%H:%M}" for at in quiet_hours)
