"""The ways in which sources spell times and leave fields out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from examples.agency_quarter._chance import Chance

_OFFSETS = (0, 0, 60, 120, 330, -240, -420)
_SPELLINGS = {
    "instagram": {"epoch": 60, "seconds": 15, "milliseconds": 15, "offset": 10},
    "tiktok": {"seconds": 65, "epoch": 15, "offset": 20},
    "x": {"milliseconds": 70, "microseconds": 15, "seconds": 15},
    "linkedin": {"epoch": 40, "milliseconds": 30, "offset": 30},
}

_CAMPAIGN_FIELDS = ("campaign_id", "template_id")
_TEXTS = ("creator_name", "creator_timezone")
_FACTS = ("creator_accepted", "creator_follows", "creator_followers", "creator_email_listed")
_DEFAULT_WORKSPACE = {"absent": 6, "named": 3, "null": 1}


def spelt_as_at_source(event: dict[str, Any], chance: Chance) -> dict[str, Any]:
    """Return the event as its source would write it.

    Its time is spelt in one of the allowed ways, and some of its optional fields are absent, null
    or empty. A source that knows whole seconds only rounds the time down.
    """
    written = dict(event)
    spelling = chance.weighted(_SPELLINGS[event["platform"]])
    written["occurred_at"] = spelt(event["occurred_at"], spelling, chance)
    for name in _CAMPAIGN_FIELDS:
        _leave_out(written, name, 0.006, chance, empty="")
    for name in _TEXTS:
        _leave_out(written, name, 0.09, chance, empty="")
    for name in _FACTS:
        _leave_out(written, name, 0.1, chance)
    _leave_out(written, "creator_content", 0.07, chance, empty=[])
    if event["type"] == "reply":
        _leave_out(written, "kind", 0.5 if event["kind"] == "message" else 0.0, chance, empty="")
        if "in_reply_to" not in event and chance.happens(0.1):
            written["in_reply_to"] = None
    if "workspace" not in event:
        _name_default_workspace(written, chance)
    return written


def spelt(moment: int, spelling: str, chance: Chance) -> int | str:
    """Return the moment, in epoch milliseconds, as one spelling writes it.

    >>> spelt(1782864000123, "seconds", Chance("a")), spelt(1782864000123, "epoch", Chance("a"))
    ('2026-07-01T00:00:00Z', 1782864000123)
    >>> spelt(1782864000123, "milliseconds", Chance("a"))
    '2026-07-01T00:00:00.123Z'
    """
    if spelling == "epoch":
        return moment
    seconds, milliseconds = divmod(moment, 1_000)
    time = datetime.fromtimestamp(seconds, UTC)
    if spelling == "offset":
        return time.astimezone(timezone(timedelta(minutes=chance.pick(_OFFSETS)))).isoformat()
    fraction = {
        "seconds": "",
        "milliseconds": f".{milliseconds:03}",
        "microseconds": f".{milliseconds:03}{chance.between(0, 999):03}",
    }[spelling]
    return f"{time:%Y-%m-%dT%H:%M:%S}{fraction}Z"


def _leave_out(
    written: dict[str, Any], name: str, share: float, chance: Chance, empty: object = None
) -> None:
    """Remove a field from some events, and set it to null or to what is empty in others."""
    if name not in written or not chance.happens(share):
        return
    how = chance.weighted({"absent": 6, "null": 2, "empty": 2})
    if how == "absent":
        del written[name]
    else:
        written[name] = None if how == "null" else empty


def _name_default_workspace(written: dict[str, Any], chance: Chance) -> None:
    how = chance.weighted(_DEFAULT_WORKSPACE)
    if how == "named":
        written["workspace"] = "default"
    elif how == "null":
        written["workspace"] = None
