"""Alerts, and who still has to be told of them: the fold, routes, quiet hours, backoff. Pure."""

from pipeline.alerts._alert import Alert, AlertChange, AlertId, Example
from pipeline.alerts._backoff import Backoff
from pipeline.alerts._facts import Delivery, NotifierChange, Outcome
from pipeline.alerts._fold import (
    DeliveryRecord,
    fold_deliveries,
    membership_changes,
    notifiers_in_use,
    standing_of,
    standings,
)
from pipeline.alerts._key import idempotency_key
from pipeline.alerts._notice import Notice, next_notice, repeated_notice
from pipeline.alerts._quiet import Quiet
from pipeline.alerts._routing import EVERY_WORKSPACE, Route, Routing
from pipeline.alerts._standing import Standing, with_delivery

__all__ = [
    "EVERY_WORKSPACE",
    "Alert",
    "AlertChange",
    "AlertId",
    "Backoff",
    "Delivery",
    "DeliveryRecord",
    "Example",
    "Notice",
    "NotifierChange",
    "Outcome",
    "Quiet",
    "Route",
    "Routing",
    "Standing",
    "fold_deliveries",
    "idempotency_key",
    "membership_changes",
    "next_notice",
    "notifiers_in_use",
    "repeated_notice",
    "standing_of",
    "standings",
    "with_delivery",
]
