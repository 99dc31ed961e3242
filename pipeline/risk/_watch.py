"""Take what is new of campaigns, and say what their risk is now and what people are to be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple, TypeVar

import msgspec

from pipeline.campaigns import Campaign
from pipeline.copies import CopyUpdate, Scope, Window, fold_copies, read_window
from pipeline.events import CampaignId, Milliseconds, WorkspaceId
from pipeline.keyed import KeyedState, Kind, key_of
from pipeline.pauses import Pause, add_pauses
from pipeline.risk._alert_state import ALERTS, AlertState
from pipeline.risk._conduct import RiskUpdate
from pipeline.risk._course import RiskAt, course_of
from pipeline.risk._evidence import examples_of
from pipeline.risk._fold import fold_risk
from pipeline.risk._following import follow_risk
from pipeline.risk._inquiry import Given, given_by
from pipeline.risk._newest import newest_minute
from pipeline.risk._pausing import Pausing
from pipeline.risk._ripeness import first_minute_to_see, last_ripe_hour
from pipeline.risk._rows import AlertRow, CampaignRiskRow, alert_row, campaign_risk_row
from pipeline.risk._settings import DEFAULT_RISK_SETTINGS, RiskSettings
from pipeline.risk._share import Share
from pipeline.risk._state import DAYS, REACHED, Minute, Reached, full_at, minute_of
from pipeline.risk._workspace import (
    AnswersUpdate,
    answered_in_workspace,
    campaigns_that_see,
    fold_answers,
    remember_campaigns,
)

_SCOPE: Final = "campaign"

Value = TypeVar("Value", bound=msgspec.Struct)


class Watched(NamedTuple):
    """What came of it."""

    risks: list[CampaignRiskRow]
    """The newest risk of each campaign of which anything is new."""
    alerts: list[AlertRow]
    """What people are to be told, in this order."""
    pauses: list[Pause]
    """The campaigns that are paused by their risk from now on."""


def campaign_scope(campaign: Campaign) -> Scope:
    """Return the scope within which a campaign's messages are compared."""
    return Scope(_SCOPE, tuple(campaign))


def watch(  # noqa: PLR0913, PLR0917 - two states, two kinds of news, and the time
    state: KeyedState,
    told: KeyedState,
    risk: Iterable[RiskUpdate],
    copies: Iterable[CopyUpdate],
    reviews: Iterable[Campaign],
    now: Milliseconds,
    answers: Iterable[AnswersUpdate] = (),
    pauses: Iterable[Pause] = (),
    settings: RiskSettings = DEFAULT_RISK_SETTINGS,
) -> Watched:
    """Fold what is new, and follow each campaign to its newest minute, but not beyond `now`.

    Senders' clocks may be a little ahead: see `RiskSettings.ahead`.

    Those of `reviews`, of which nothing is new, are followed to `now` itself. The policies stand in
    `state`; what is decided of campaigns comes there with `pauses`.

    The risks are functions of all that was ever folded. Alerts hang on when it was: what of them
    was told stands in `told`, which outlives `state` when all else is derived anew. Then nothing is
    told again, nor anything of the time that was followed already.
    """
    updates, changed = list(risk), list(copies)
    campaigns = {update.campaign for update in updates}
    anew = {campaign for campaign in campaigns if not _is_known(state, campaign)}
    affected = fold_risk(state, updates, settings)
    fold_copies(state, changed)
    for update in changed:
        campaign, minute = _campaign_of(update.scope), minute_of(update.occurred_at)
        affected[campaign] = min(minute, affected.get(campaign, minute))
    remember_campaigns(state, anew)
    for workspace, hour in fold_answers(state, answers).items():
        seen_at = first_minute_to_see(hour, settings)
        for campaign in campaigns_that_see(state, workspace, seen_at):
            affected[campaign] = min(seen_at, affected.get(campaign, seen_at))
    latest = Minute(minute_of(now) + settings.ahead)
    for pause in add_pauses(state, pauses):
        campaign = Campaign(pause.workspace, pause.campaign_id)
        if _is_known(state, campaign):
            affected.setdefault(campaign, latest)
    pausing = Pausing(state, told, now, low=settings.alerts.resolve_at)
    watched = Watched([], [], pausing.decided)
    for campaign, first in affected.items():
        if campaign in anew:
            _forget_nothing(told, campaign)
        _watch(_Both(state, told), campaign, first, latest, settings, pausing, watched)
    for campaign in set(reviews) - affected.keys():
        _follow(
            _Both(state, told),
            campaign,
            range(minute_of(now), minute_of(now) + 1),
            settings,
            pausing,
            watched,
        )
    return watched


def _watch(  # noqa: PLR0913, PLR0917 - what `watch` knows of one campaign
    state: KeyedState,
    campaign: Campaign,
    first: Minute,
    latest: Minute,
    settings: RiskSettings,
    pausing: Pausing,
    watched: Watched,
) -> None:
    newest = newest_minute(state, campaign, latest)
    if newest is None:
        watched.risks.append(CampaignRiskRow.of_nothing(campaign))
        return
    seen = _Surroundings(state, campaign, settings)
    (at,) = course_of(state, campaign, [newest], seen.given, settings)
    minutes = range(min(first, newest), newest + 1)
    _follow(state, campaign, minutes, settings, pausing, watched, at)
    watched.risks.append(campaign_risk_row(campaign, at, paused=pausing.is_paused(campaign)))


def _follow(  # noqa: PLR0913, PLR0917 - as above
    state: KeyedState,
    campaign: Campaign,
    minutes: range,
    settings: RiskSettings,
    pausing: Pausing,
    watched: Watched,
    *newest: RiskAt,
) -> None:
    key = key_of(*campaign)
    alerts = state.get(ALERTS, key) or AlertState()
    reached = state.get(REACHED, key) or Reached(-1)
    if minutes[-1] > reached.minute:
        reached = Reached(minutes[-1])
        state.put(REACHED, key, reached)
    if alerts.followed is not None:
        if reached.minute < alerts.followed:
            # All is being derived anew, and has not come to where it was.
            return
        first = max(minutes[0], alerts.followed - settings.hindsight)
        minutes = range(min(first, minutes[-1]), minutes.stop)
    seen = _Surroundings(state, campaign, settings)
    changes = follow_risk(state, campaign, minutes, seen.given, settings)
    told = (RiskAt(change.minute, change.risk) for change in changes)
    pausing.look(campaign, (*told, *newest), alerts)
    paused = pausing.is_paused(campaign)
    for change in changes:
        examples = examples_of(change.risk, seen.given(change.minute), seen.window(change.minute))
        watched.alerts.append(alert_row(campaign, change, examples, paused=paused))


class _Surroundings:
    """What is known of a campaign besides its own counts."""

    def __init__(self, state: KeyedState, campaign: Campaign, settings: RiskSettings) -> None:
        self._state = state
        self._campaign = campaign
        self._scope = campaign_scope(campaign)
        self._settings = settings
        self._last = Window(), Given()
        self._usual = lru_cache(maxsize=1)(self._answered_in_workspace)

    def window(self, minute: Minute) -> Window:
        return read_window(self._state, self._scope, Milliseconds(full_at(minute) - 1))

    def given(self, minute: Minute) -> Given:
        """Return what one knows of a minute."""
        window = self.window(minute)
        if window != self._last[0]:
            # For hours nothing comes into it and nothing leaves it.
            self._last = window, given_by(window)
        usual = self._usual(last_ripe_hour(minute, self._settings))
        return replace(self._last[1], workspace_answered=usual)

    def _answered_in_workspace(self, last: int) -> Share:
        return answered_in_workspace(self._state, self._campaign.workspace, last, self._settings)


class _Both:
    """The sums of campaigns, and what was told of them, as one state."""

    def __init__(self, state: KeyedState, told: KeyedState) -> None:
        self._state = state
        self._told = told

    def _of(self, kind: Kind[Value]) -> KeyedState:
        return self._told if kind.prefix == ALERTS.prefix else self._state

    def get(self, kind: Kind[Value], key: str) -> Value | None:
        return self._of(kind).get(kind, key)

    def prefetch(self, kind: Kind[Value], keys: Iterable[str]) -> None:
        self._of(kind).prefetch(kind, keys)

    def put(self, kind: Kind[Value], key: str, value: Value) -> None:
        self._of(kind).put(kind, key, value)

    def delete(self, kind: Kind[Value], key: str) -> None:
        self._of(kind).delete(kind, key)

    def scan(self, kind: Kind[Value]) -> Iterator[tuple[str, Value]]:
        return self._of(kind).scan(kind)


def _is_known(state: KeyedState, campaign: Campaign) -> bool:
    return state.get(DAYS, key_of(*campaign)) is not None


def _forget_nothing(told: KeyedState, campaign: Campaign) -> None:
    """Let no alert open where its campaign was followed before: it is being derived anew."""
    key = key_of(*campaign)
    alerts = told.get(ALERTS, key)
    if alerts is not None and alerts.followed is not None and alerts.floor < alerts.followed:
        told.put(ALERTS, key, msgspec.structs.replace(alerts, floor=alerts.followed))


def _campaign_of(scope: Scope) -> Campaign:
    workspace, campaign_id = scope.ids
    return Campaign(WorkspaceId(workspace), CampaignId(campaign_id))
