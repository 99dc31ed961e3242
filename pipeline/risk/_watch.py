"""Take what is new of campaigns, and say what their risk is now and what people are to be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from msgspec import structs

from pipeline.campaigns import Campaign
from pipeline.copies import fold_copies
from pipeline.events import Milliseconds
from pipeline.keyed import KeyedState, key_of
from pipeline.pauses import Pause, add_pauses
from pipeline.risk._alert_state import ALERTS, AlertState
from pipeline.risk._both import Both
from pipeline.risk._course import RiskAt, course_of
from pipeline.risk._evidence import examples_of
from pipeline.risk._fold import fold_risk
from pipeline.risk._follow import Follow
from pipeline.risk._following import follow_risk
from pipeline.risk._newest import newest_minute
from pipeline.risk._news import News
from pipeline.risk._pausing import Pausing
from pipeline.risk._ripeness import first_minute_to_see
from pipeline.risk._rows import AlertRow, CampaignRiskRow, alert_row, campaign_risk_row
from pipeline.risk._settings import DEFAULT_RISK_SETTINGS, RiskSettings
from pipeline.risk._spans import DAY, HOUR
from pipeline.risk._state import DAYS, DEFERRED, REACHED, Deferred, Minute, Reached, minute_of
from pipeline.risk._surroundings import Surroundings, campaign_of, usual_in
from pipeline.risk._workspace import campaigns_that_see, fold_answers, remember_campaigns


class Watched(NamedTuple):
    """What came of it."""

    risks: list[CampaignRiskRow]
    """The newest risk of each campaign of which anything is new."""
    alerts: list[AlertRow]
    """What people are to be told, in this order."""
    pauses: list[Pause]
    """The campaigns that are paused by their risk from now on."""
    deferred: list[Campaign]
    """Those that are still to be followed: have each reviewed."""


def watch(  # noqa: PLR0913 - both states, what is new, and when, how and how far to look
    state: KeyedState,
    told: KeyedState,
    news: News,
    now: Milliseconds,
    settings: RiskSettings = DEFAULT_RISK_SETTINGS,
    *,
    follow: Follow = Follow.ALL,
) -> Watched:
    """Fold what is new, and follow each campaign to its newest minute, but not beyond `now`.

    Senders' clocks may be a little ahead: see `RiskSettings.ahead`.

    Those to be reviewed are followed as far as they have been deferred; if nothing of them is new,
    to `now` itself. The policies stand in `state`, and pauses come there.

    The risks are functions of all that was ever folded. Alerts hang on when it was: what of them
    was told stands in `told`, which outlives `state` when all else is derived anew. Then nothing is
    told again, nor anything of the time that was followed already.
    """
    anew = {update.campaign for update in news.risk if not _is_known(state, update.campaign)}
    latest = Minute(minute_of(now) + settings.ahead)
    affected = _folded(state, news, latest, settings)
    remember_campaigns(state, anew)
    watching = _Watching(state, told, now, settings)
    for campaign in anew & affected.keys():
        _forget_nothing(told, campaign)
    for campaign in (*affected, *sorted(news.reviews - affected.keys())):
        first = _first(state, campaign, affected)
        if follow is Follow.ALL:
            if first is None:
                watching.follow(campaign, range(minute_of(now), minute_of(now) + 1))
            else:
                state.delete(DEFERRED, key_of(*campaign))
                watching.watch(campaign, first, latest)
        elif first is not None:
            state.put(DEFERRED, key_of(*campaign), Deferred(first))
            watching.watched.deferred.append(campaign)
            if follow is Follow.NEWEST:
                watching.watch_newest(campaign, first, latest)
    return watching.watched


def _first(
    state: KeyedState, campaign: Campaign, affected: Mapping[Campaign, Minute]
) -> Minute | None:
    """Return from which minute on a campaign is to be followed, now or later; None: it is not."""
    deferred = state.get(DEFERRED, key_of(*campaign))
    found = [affected[campaign]] if campaign in affected else []
    found += [] if deferred is None else [Minute(deferred.first)]
    return min(found, default=None)


def _folded(
    state: KeyedState, news: News, latest: Minute, settings: RiskSettings
) -> dict[Campaign, Minute]:
    """Fold what is new; return from which minute on the course of each campaign may be another."""
    affected = fold_risk(state, news.risk, settings)
    fold_copies(state, news.copies)
    for update in news.copies:
        campaign, minute = campaign_of(update.scope), minute_of(update.occurred_at)
        affected[campaign] = min(minute, affected.get(campaign, minute))
    for workspace, hour in fold_answers(state, news.answers).items():
        seen_at = first_minute_to_see(hour, settings)
        for campaign in campaigns_that_see(state, workspace, seen_at):
            affected[campaign] = min(seen_at, affected.get(campaign, seen_at))
    for pause in add_pauses(state, news.pauses):
        campaign = Campaign(pause.workspace, pause.campaign_id)
        if _is_known(state, campaign):
            affected.setdefault(campaign, latest)
    return affected


class _Watching:
    """Watches campaigns of which all that is new is folded."""

    def __init__(
        self, state: KeyedState, told: KeyedState, now: Milliseconds, settings: RiskSettings
    ) -> None:
        self._state = Both(state, told)
        self._settings = settings
        self._now = minute_of(now)
        self._usual = usual_in(state, settings)
        self._pausing = Pausing(state, told, now, low=settings.alerts.resolve_at)
        self.watched = Watched([], [], self._pausing.decided, [])

    def watch(self, campaign: Campaign, first: Minute, latest: Minute) -> None:
        """Say what the risk is at the newest minute, and follow the campaign there from `first`."""
        newest = newest_minute(self._state, campaign, latest)
        if newest is None:
            self.watched.risks.append(CampaignRiskRow.of_nothing(campaign))
            return
        seen = self._surroundings(campaign)
        (at,) = course_of(self._state, campaign, [newest], seen.given, self._settings)
        self._follow(campaign, range(min(first, newest), newest + 1), seen, at)
        paused = self._pausing.is_paused(campaign)
        self.watched.risks.append(campaign_risk_row(campaign, at, paused=paused))

    def watch_newest(self, campaign: Campaign, first: Minute, latest: Minute) -> None:
        """Do so for the last hour, if the campaign did anything in it."""
        newest = newest_minute(self._state, campaign, latest)
        if newest is not None and newest >= self._now - HOUR:
            self.watch(campaign, Minute(max(first, self._now - HOUR)), latest)

    def follow(self, campaign: Campaign, minutes: range) -> None:
        """Go through minutes, and note what is to be told and whether the campaign is paused."""
        self._follow(campaign, minutes, self._surroundings(campaign))

    def _follow(
        self, campaign: Campaign, minutes: range, seen: Surroundings, *newest: RiskAt
    ) -> None:
        alerts = self._state.get(ALERTS, key_of(*campaign)) or AlertState()
        reached = self._reached(campaign, Minute(minutes[-1]))
        if alerts.followed is not None:
            if reached < alerts.followed:
                # All is being derived anew, and has not come to where it was.
                return
            first = max(minutes[0], alerts.followed - self._settings.hindsight)
            minutes = range(min(first, minutes[-1]), minutes.stop)
        told_of = self._settings.alerts.telling_of_pauses(self._pausing.limit_of(campaign))
        changes = follow_risk(
            self._state,
            campaign,
            minutes,
            seen.given,
            replace(self._settings, alerts=told_of),
            closely=minutes[-1] >= self._now - DAY,
        )
        told = (RiskAt(change.minute, change.risk) for change in changes)
        self._pausing.look(campaign, (*told, *newest), alerts)
        paused = self._pausing.is_paused(campaign)
        for change in changes:
            given, window = seen.given(change.minute), seen.window(change.minute)
            examples = examples_of(change.risk, given, window)
            self.watched.alerts.append(alert_row(campaign, change, examples, paused=paused))

    def _reached(self, campaign: Campaign, minute: Minute) -> Minute:
        """Return how far the campaign was followed since all is derived, this time included."""
        key = key_of(*campaign)
        before = self._state.get(REACHED, key)
        if before is not None and minute <= before.minute:
            return Minute(before.minute)
        self._state.put(REACHED, key, Reached(minute))
        return minute

    def _surroundings(self, campaign: Campaign) -> Surroundings:
        return Surroundings(self._state, campaign, self._usual, self._settings)


def _is_known(state: KeyedState, campaign: Campaign) -> bool:
    return state.get(DAYS, key_of(*campaign)) is not None


def _forget_nothing(told: KeyedState, campaign: Campaign) -> None:
    """Let no alert open where its campaign was followed before: it is being derived anew."""
    key = key_of(*campaign)
    alerts = told.get(ALERTS, key)
    if alerts is not None and alerts.followed is not None and alerts.floor < alerts.followed:
        told.put(ALERTS, key, structs.replace(alerts, floor=alerts.followed))
