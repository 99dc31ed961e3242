"""When an alert opens, says more, and resolves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple
from uuid import UUID, uuid5

from msgspec import structs

from pipeline.alerts import AlertChange, AlertId
from pipeline.campaigns import Campaign
from pipeline.events import Milliseconds
from pipeline.keyed import key_of
from pipeline.risk._alert_settings import DEFAULT_ALERT_SETTINGS, AlertSettings
from pipeline.risk._alert_state import AlertState, Case, OpenAlert
from pipeline.risk._codes import RiskSignal
from pipeline.risk._course import RiskAt
from pipeline.risk._evidence import sentences_of
from pipeline.risk._risk import Risk
from pipeline.risk._state import Minute, full_at

_NAMESPACE: Final = UUID("5f0cbd5c-3f0a-5a5e-9d54-1f7d1a7a3c11")
"""Ours alone, so that our ids collide with nobody's."""
_REMEMBERED: Final = 64


class AlertStep(NamedTuple):
    """A thing to tell people; once told it is a fact, whatever late messages say."""

    change: AlertChange
    alert_id: AlertId
    sequence: int
    """0 when it opens, then one more each time."""
    opened_at: Milliseconds
    at: Milliseconds
    """When the minute was full that shows it; it may be told sooner."""
    minute: Minute
    risk: Risk
    highest: int
    """The highest risk since it opened."""
    evidence: tuple[str, ...]
    """Plain sentences, the gravest first; a resolution has those that were told before it."""


def alert_id_of(campaign: Campaign, opened: Minute) -> AlertId:
    """Return the id of the alert that opened at a minute: always the same."""
    return AlertId(str(uuid5(_NAMESPACE, key_of(*campaign, opened))))


def step(
    campaign: Campaign,
    state: AlertState,
    minute: Minute,
    risk: Risk,
    settings: AlertSettings = DEFAULT_ALERT_SETTINGS,
) -> tuple[AlertState, AlertStep | None]:
    """Take the risk at the end of a minute, and return the new state and what is to be told.

    Minutes come in ascending order. The same minute may come again with more known of it; after
    late messages, an earlier one may, and those after it up to the newest then follow once more.
    What was told already is not told again, and no two alerts are open at once.
    """
    if state.current is None:
        if risk.score < settings.alert_at or _was_told(state, minute, settings):
            return state, None
        signals = frozenset(_material(risk, settings))
        opened = OpenAlert(
            opened=minute,
            told=minute,
            sequence=0,
            band=settings.band_of(risk.score),
            signals=signals,
            evidence=sentences_of(risk),
            highest=risk.score,
        )
        state = _with_current(state, opened)
        return state, _change(AlertChange.OPENED, campaign, opened, minute, risk)
    if minute < state.current.opened:
        return state, None
    go_on = _while_low if risk.score < settings.resolve_at else _while_high
    return go_on(campaign, state, state.current, RiskAt(minute, risk), settings)


def walk(
    campaign: Campaign,
    state: AlertState,
    course: Iterable[RiskAt],
    settings: AlertSettings = DEFAULT_ALERT_SETTINGS,
) -> tuple[AlertState, list[AlertStep]]:
    """Take several minutes in a row, as `step` does."""
    changes = []
    for minute, risk in course:
        state, change = step(campaign, state, minute, risk, settings)
        if change is not None:
            changes.append(change)
    return state, changes


def _while_low(
    campaign: Campaign,
    state: AlertState,
    alert: OpenAlert,
    seen: RiskAt,
    settings: AlertSettings,
) -> tuple[AlertState, AlertStep | None]:
    minute, risk = seen
    since = minute if alert.below_since is None else min(alert.below_since, minute)
    if minute - since < settings.resolve_after:
        return _with_current(state, structs.replace(alert, below_since=since)), None
    last = structs.replace(alert, sequence=alert.sequence + 1)
    change = _change(AlertChange.RESOLVED, campaign, last, minute, risk)
    return _resolved(state, Case(alert.opened, minute)), change


def _while_high(
    campaign: Campaign,
    state: AlertState,
    alert: OpenAlert,
    seen: RiskAt,
    settings: AlertSettings,
) -> tuple[AlertState, AlertStep | None]:
    minute, risk = seen
    band = max(alert.band, settings.band_of(risk.score))
    signals = alert.signals | _material(risk, settings)
    highest = max(risk.score, alert.highest)
    after = structs.replace(alert, highest=highest, below_since=None)
    more = band > alert.band or (
        signals != alert.signals
        and risk.score >= settings.alert_at
        and minute - alert.told >= settings.update_after
    )
    if not more:
        return _with_current(state, after), None
    after = structs.replace(
        after,
        told=max(minute, alert.told),
        sequence=alert.sequence + 1,
        band=band,
        signals=signals,
        evidence=sentences_of(risk),
    )
    return _with_current(state, after), _change(AlertChange.UPDATED, campaign, after, minute, risk)


def _with_current(state: AlertState, alert: OpenAlert) -> AlertState:
    return AlertState(alert, state.past, state.floor, state.followed)


def _was_told(state: AlertState, minute: Minute, settings: AlertSettings) -> bool:
    return minute <= state.floor or any(
        case.opened - settings.same_case <= minute <= case.resolved for case in state.past
    )


def _resolved(state: AlertState, case: Case) -> AlertState:
    past = sorted((*state.past, case), key=lambda each: each.opened)
    forgotten = past[:-_REMEMBERED]
    floor = max((state.floor, *(each.resolved for each in forgotten)))
    return AlertState(None, tuple(past[-_REMEMBERED:]), floor, state.followed)


def _material(risk: Risk, settings: AlertSettings) -> set[RiskSignal]:
    return {part.signal for part in risk.parts if part.alone >= settings.material}


def _change(
    change: AlertChange, campaign: Campaign, alert: OpenAlert, minute: Minute, risk: Risk
) -> AlertStep:
    return AlertStep(
        change,
        alert_id_of(campaign, alert.opened),
        alert.sequence,
        full_at(alert.opened),
        full_at(minute),
        minute,
        risk,
        alert.highest,
        alert.evidence,
    )
