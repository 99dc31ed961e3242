"""Follow a campaign's risk, and keep its alerts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Final, NamedTuple

import msgspec
from msgspec import structs

from pipeline.alerts import AlertChange
from pipeline.campaigns import Campaign
from pipeline.events import CampaignId, WorkspaceId
from pipeline.keyed import KeyedState, key_of
from pipeline.risk._alert_state import ALERTS, AlertState
from pipeline.risk._alerts import AlertStep, step, walk
from pipeline.risk._course import RiskAt, course_of, minutes_to_assess
from pipeline.risk._inquiry import Given
from pipeline.risk._settings import DEFAULT_RISK_SETTINGS, RiskSettings
from pipeline.risk._spans import HOUR
from pipeline.risk._state import Minute

_NO_ALERTS: Final = AlertState()


class Followed(NamedTuple):
    """Where following a campaign has led."""

    newest: RiskAt
    """The risk at the end of the last minute."""
    changes: tuple[AlertStep, ...]
    """What is to be told, in this order."""


def follow_risk(
    state: KeyedState,
    campaign: Campaign,
    minutes: range,
    given: Callable[[Minute], Given],
    settings: RiskSettings = DEFAULT_RISK_SETTINGS,
) -> Followed:
    """Go through some minutes, and move the campaign's alerts.

    They begin where the course may be another: at what `fold_risk` returned, or before it where
    copies changed. They end with the newest minute of event time, of the campaign or of all, as an
    alert may only need time to resolve; but never later than now, since a message that says it is
    from the future would make everything a thing of the past. If they begin after their end, only
    this is looked at. Those between them and where the campaign was followed to are gone through,
    too.

    The newest hour is gone through minute by minute. Of an hour before it, one looks at the
    end, and at each minute only if an alert would open there or say more: what tips a campaign is
    still there at the end of the hour, and years can be loaded in reasonable time. May read the
    disk, and asks for what else is `given` once or twice for each minute that it looks at.
    """
    key = key_of(*campaign)
    before = state.get(ALERTS, key) or _NO_ALERTS
    last = max(minutes.stop - 1, before.followed or 0)
    first = min(minutes.start, last if before.followed is None else before.followed)
    minutes = range(first, last + 1)
    alerts, changes = before, list[AlertStep]()
    looked_at = minutes_to_assess(state, campaign, minutes, settings)
    for hour, group in groupby(looked_at, lambda minute: minute // HOUR):
        each = list(group)
        (newest,) = course_of(state, campaign, each[-1:], given, settings)
        tried, change = step(campaign, alerts, *newest, settings.alerts)
        more = change is not None and change.change is not AlertChange.RESOLVED
        if len(each) > 1 and (more or hour == minutes[-1] // HOUR):
            course = (*course_of(state, campaign, each[:-1], given, settings), newest)
            alerts, told = walk(campaign, alerts, course, settings.alerts)
            changes += told
        else:
            alerts = tried
            changes += [] if change is None else [change]
    alerts = structs.replace(alerts, followed=newest.minute)
    if alerts != before:
        state.put(ALERTS, key, alerts)
    return Followed(newest, tuple(changes))


def campaigns_with_open_alert(state: KeyedState) -> Iterator[Campaign]:
    """Yield the campaigns that have an alert which only time may resolve. Reads the disk."""
    for key, alerts in state.scan(ALERTS):
        if alerts.current is not None:
            workspace, campaign_id = msgspec.json.decode(key)
            yield Campaign(WorkspaceId(workspace), CampaignId(campaign_id))


def has_open_alert(state: KeyedState, campaign: Campaign) -> bool:
    """Return whether a campaign has an alert that only time can resolve. May read the disk."""
    alerts = state.get(ALERTS, key_of(*campaign))
    return alerts is not None and alerts.current is not None
