"""Campaigns whose touches lie before and after the time of day, and what breaks their pauses."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path

from tests.ingest.samples import TOUCH
from tests.system.outreach import outreach

HOUR = 3_600_000


def touches(name: str, hours: int, count: int = 2, **fields: str) -> bytes:
    """Write touches of campaign `spring` to different creators, so many hours from now on."""
    begun = time.time_ns() // 1_000_000 + hours * HOUR
    lines = []
    for number in range(count):
        identity = f"{name}{number}"
        event = TOUCH | {
            "workspace": "default",
            "event_id": identity,
            "message_id": identity,
            "creator_id": identity,
            "campaign_id": "spring",
            "occurred_at": begun + number,
            **fields,
        }
        lines.append(json.dumps(event).encode() + b"\n")
    return b"".join(lines)


def sent_while_paused(data: Path) -> Sequence[str]:
    """Return the messages that break the rule, as the view has them now."""
    question = "SELECT message_id FROM violations WHERE rule = 'campaign_paused' ORDER BY ALL"
    done = outreach("sql", question, "--data", data, "--format", "TabSeparated")
    assert done.status == 0, done.said
    return done.output.split()
