"""What is wrong with a file of alert settings, for tests."""

from __future__ import annotations

import pytest

from pipeline.notify import AlertSettingsError, read_alert_settings


def problems(text: str, **environment: str) -> list[str]:
    """Return what is wrong with a file."""
    with pytest.raises(AlertSettingsError) as caught:
        read_alert_settings(text, "alerts.toml", environment)
    return str(caught.value).splitlines()
