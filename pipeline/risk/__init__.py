"""Behaviour and risk: whether a campaign is turning into spam, why, and when to tell people. Pure.

What accounts say of their touches is folded into sums of bounded size. From these one reads what a
campaign did up to the end of any minute, which with the copies and the lockstep found by then gives
its risk from 0 to 100, and its parts. The course of risk moves alerts, whose changes are facts.
A new signal is one file in `signals/`, a line in `_registry.py` and an entry in `tables/`.
"""

from pipeline.risk._alert_settings import DEFAULT_ALERT_SETTINGS, AlertSettings
from pipeline.risk._alert_state import ALERTS, AlertState, Case, OpenAlert
from pipeline.risk._alerts import AlertStep, alert_id_of, step, walk
from pipeline.risk._behaviour import Behaviour, Pace, read_behaviour
from pipeline.risk._codes import RiskSignal
from pipeline.risk._conduct import BrokenRules, Conduct, RiskUpdate
from pipeline.risk._counts import Count, is_answer_in_time
from pipeline.risk._course import RiskAt, course_of, minutes_to_assess
from pipeline.risk._evidence import examples_of, sentences_of
from pipeline.risk._fold import fold_risk
from pipeline.risk._follow import Follow
from pipeline.risk._following import (
    campaigns_with_open_alert,
    follow_risk,
    has_open_alert,
)
from pipeline.risk._inquiry import Given, given_by
from pipeline.risk._news import News
from pipeline.risk._risk import Part, Risk, assess, combined
from pipeline.risk._rows import (
    AlertRow,
    CampaignRiskRow,
    SignalRef,
    SignalRow,
    alert_row,
    campaign_risk_row,
    signals_json,
)
from pipeline.risk._settings import DEFAULT_RISK_SETTINGS, RiskSettings
from pipeline.risk._share import Share
from pipeline.risk._state import Minute, full_at, minute_of
from pipeline.risk._surroundings import campaign_scope
from pipeline.risk._watch import Watched, watch
from pipeline.risk._weights import Weight, Weights, shipped_weights, weights_of
from pipeline.risk._workspace import AnswersUpdate

__all__ = [
    "ALERTS",
    "DEFAULT_ALERT_SETTINGS",
    "DEFAULT_RISK_SETTINGS",
    "AlertRow",
    "AlertSettings",
    "AlertState",
    "AlertStep",
    "AnswersUpdate",
    "Behaviour",
    "BrokenRules",
    "CampaignRiskRow",
    "Case",
    "Conduct",
    "Count",
    "Follow",
    "Given",
    "Minute",
    "News",
    "OpenAlert",
    "Pace",
    "Part",
    "Risk",
    "RiskAt",
    "RiskSettings",
    "RiskSignal",
    "RiskUpdate",
    "Share",
    "SignalRef",
    "SignalRow",
    "Watched",
    "Weight",
    "Weights",
    "alert_id_of",
    "alert_row",
    "assess",
    "campaign_risk_row",
    "campaign_scope",
    "campaigns_with_open_alert",
    "combined",
    "course_of",
    "examples_of",
    "fold_risk",
    "follow_risk",
    "full_at",
    "given_by",
    "has_open_alert",
    "is_answer_in_time",
    "minute_of",
    "minutes_to_assess",
    "read_behaviour",
    "sentences_of",
    "shipped_weights",
    "signals_json",
    "step",
    "walk",
    "watch",
    "weights_of",
]
