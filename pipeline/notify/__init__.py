"""Telling people of alerts: notifiers, the settings of who is told, and the loop that tells."""

from pipeline.notify._clock import Clock, WallClock
from pipeline.notify._dispatcher import Dispatcher, log_failure
from pipeline.notify._lane import Failure
from pipeline.notify._notifier import DeliveryError, Notifier
from pipeline.notify._opened import opened
from pipeline.notify._settings import (
    AlertSettings,
    AlertSettingsError,
    load_alert_settings,
    read_alert_settings,
)
from pipeline.notify._trial import trial_notice

__all__ = [
    "AlertSettings",
    "AlertSettingsError",
    "Clock",
    "DeliveryError",
    "Dispatcher",
    "Failure",
    "Notifier",
    "WallClock",
    "load_alert_settings",
    "log_failure",
    "opened",
    "read_alert_settings",
    "trial_notice",
]
