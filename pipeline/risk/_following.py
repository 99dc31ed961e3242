"""Follow a campaign's risk, and keep its alerts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Final

import msgspec
from msgspec import structs

from pipeline.alerts import AlertChange
from pipeline.campaigns import Campaign
from pipeline.events import CampaignId, WorkspaceId
from pipeline.keyed import KeyedState, key_of
from pipeline.risk._alert_state import ALERTS, AlertState
from pipeline.risk._alerts import AlertStep, step, walk
from pipeline.risk._behaviour import BehaviourReader
from pipeline.risk._course import RiskAt, may_rise, minutes_to_assess
from pipeline.risk._inquiry import Given
from pipeline.risk._risk import assess
from pipeline.risk._settings import DEFAULT_RISK_SETTINGS, RiskSettings
from pipeline.risk._spans import DAY, HOUR
from pipeline.risk._state import Minute

_HALF: Final = DAY // 2
_NO_ALERTS: Final = AlertState()


def follow_risk(  # noqa: PLR0913 - a campaign, which minutes, how, and what surrounds it
    state: KeyedState,
    campaign: Campaign,
    minutes: range,
    given: Callable[[Minute], Given],
    settings: RiskSettings = DEFAULT_RISK_SETTINGS,
    *,
    closely: bool = True,
) -> tuple[AlertStep, ...]:
    """Go through some minutes, and move the campaign's alerts; return what is to be told, in order.

    They begin where the course may be another: at what `fold_risk` returned, or before it where
    copies changed. They end with the newest minute of event time, of the campaign or of all, as an
    alert may only need time to resolve; but never later than now, since a message that says it is
    from the future would make everything a thing of the past. If they begin after their end, only
    this is looked at. Those between them and where the campaign was followed to are gone through,
    too.

    The newest hour is gone through minute by minute, if one looks `closely`. Of an hour before it,
    one looks at the end, and at each minute only if an alert would open there or say more. Of the
    halves of days before the newest, one looks at the end alone, if anything happened that can make
    the risk rise or an alert is open, and at the hours only if there is something to tell, or an
    alert is about to resolve. What tips a campaign is still there then, all but a burst alone, and
    years can be loaded in reasonable time. May read the disk, and asks for what else is `given`
    once or twice for each minute that it looks at.
    """
    key = key_of(*campaign)
    before = state.get(ALERTS, key) or _NO_ALERTS
    last = max(minutes.stop - 1, before.followed or 0)
    first = min(minutes.start, last if before.followed is None else before.followed)
    minutes = range(first, last + 1)
    alerts, changes = before, list[AlertStep]()
    look = _Look(state, campaign, given, settings)
    for half in _halves(minutes):
        to_the_end = half.stop == minutes.stop
        passed = None if to_the_end else look.past(alerts, half)
        if passed is None:
            alerts, told = look.through_hours(alerts, half, closely=closely and to_the_end)
            changes += told
        else:
            alerts = passed
    alerts = structs.replace(alerts, followed=Minute(last))
    if alerts != before:
        state.put(ALERTS, key, alerts)
    return tuple(changes)


class _Look:
    """Looks at one campaign, and moves its alerts by what it sees."""

    def __init__(
        self,
        state: KeyedState,
        campaign: Campaign,
        given: Callable[[Minute], Given],
        settings: RiskSettings,
    ) -> None:
        self._state = state
        self._campaign = campaign
        self._behaviour = BehaviourReader(state, campaign, settings)
        self._given = given
        self._settings = settings

    def at(self, minute: Minute) -> RiskAt:
        """Return the risk at the end of a minute."""
        risk = assess(self._behaviour.at(minute), self._given(minute), self._settings)
        return RiskAt(minute, risk)

    def past(self, alerts: AlertState, minutes: range) -> AlertState | None:
        """Return where the end of some minutes leaves alerts, if they need no closer look."""
        is_quiet = alerts.current is None
        if is_quiet and not may_rise(self._state, self._campaign, minutes, self._settings):
            return alerts
        after, change = self._step(alerts, self.at(Minute(minutes[-1])))
        is_falling = any(
            each.current is not None and each.current.below_since is not None
            for each in (alerts, after)
        )
        return None if change is not None or is_falling else after

    def through_hours(
        self, alerts: AlertState, minutes: range, *, closely: bool
    ) -> tuple[AlertState, list[AlertStep]]:
        """Go through minutes by the hour; through the last hour minute by minute if so told."""
        changes = list[AlertStep]()
        looked_at = minutes_to_assess(self._state, self._campaign, minutes, self._settings)
        for hour, group in groupby(looked_at, lambda minute: minute // HOUR):
            *others, last = group
            at_last = self.at(last)
            after, change = self._step(alerts, at_last)
            more = change is not None and change.change is not AlertChange.RESOLVED
            if others and (more or (closely and hour == minutes[-1] // HOUR)):
                course = (*map(self.at, others), at_last)
                alerts, told = walk(self._campaign, alerts, course, self._settings.alerts)
                changes += told
            else:
                alerts = after
                changes += [] if change is None else [change]
        return alerts, changes

    def _step(self, alerts: AlertState, at: RiskAt) -> tuple[AlertState, AlertStep | None]:
        return step(self._campaign, alerts, *at, self._settings.alerts)


def _halves(minutes: range) -> Iterator[range]:
    """Yield the halves of days that minutes lie in, the first and the last as far as they do."""
    start = minutes.start
    while start < minutes.stop:
        stop = min(start - start % _HALF + _HALF, minutes.stop)
        yield range(start, stop)
        start = stop


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
