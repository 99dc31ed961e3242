"""Who is told of alerts, as `outreach up` and `outreach worker` are given it."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.notify import AlertSettings, load_alert_settings


def alert_settings_in(file: Path | None) -> AlertSettings | None:
    """Return what a file says, with secrets from the environment; None without one.

    Blocks while it reads. Raises AlertSettingsError.
    """
    return None if file is None else load_alert_settings(file, os.environ)


def who_is_told(alerts: AlertSettings | None) -> str:
    """Return who is told of alerts, in a few words.

    >>> who_is_told(None)
    'nobody is told; --alerts FILE names who is, deploy/alerts.toml is an example'
    """
    if alerts is None:
        return "nobody is told; --alerts FILE names who is, deploy/alerts.toml is an example"
    return f"told to {', '.join(alerts.notifiers)}"
