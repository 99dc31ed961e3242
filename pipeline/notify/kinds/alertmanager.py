"""Prometheus' Alertmanager, which groups, silences and routes by itself.

It takes an alert for resolved that it has not heard of for a while (`resolve_timeout`), so it is
told of every open one again and again.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from pydantic import Field, SecretStr
from yarl import URL

from pipeline.alerts import AlertChange, Notice
from pipeline.events import Milliseconds
from pipeline.notify._http import post
from pipeline.notify._notifier import Surroundings
from pipeline.notify._plain import inert
from pipeline.notify._values import NotifierTable, Secret, Text, Timeout, Url
from pipeline.notify._wording import iso, worded

_LABEL = r"^[a-zA-Z_][a-zA-Z0-9_]*$"
_LONGEST_TEST = 60_000


class AlertmanagerSettings(NotifierTable):
    """What stands in the file."""

    kind: Literal["alertmanager"]
    url: Url
    """Where it answers, without `/api/v2/alerts`."""
    token: Secret | None = None
    """Sent as `Authorization: Bearer …`."""
    severity: Text = "critical"
    """A label, and so the same for as long as an alert is open; the risk is an annotation."""
    labels: dict[Annotated[str, Field(pattern=_LABEL)], Text] = Field(
        default_factory=dict,
        description="text by names of letters, digits and _ that begin with no digit",
    )
    """Further labels to route by."""
    repeat_seconds: Annotated[float, Field(strict=True, ge=1, le=3600)] = Field(
        default=60.0, description="a number of seconds from 1 to 3600"
    )
    timeout_seconds: Timeout = 10.0


class Alertmanager:
    """One Alertmanager."""

    def __init__(self, settings: AlertmanagerSettings, surroundings: Surroundings) -> None:
        self._settings = settings
        self._surroundings = surroundings
        self.repeat_seconds: float | None = settings.repeat_seconds
        base = URL(settings.url.get_secret_value())
        self._url = SecretStr(str(base / "api" / "v2" / "alerts"))
        token = settings.token
        self._headers = (
            {} if token is None else {"Authorization": f"Bearer {token.get_secret_value()}"}
        )

    async def deliver(self, notice: Notice) -> None:
        """Post the alert as it is now."""
        body = msgspec.json.encode([self._content(notice)])
        timeout = self._settings.timeout_seconds
        await post(self._surroundings, self._url, body, self._headers, timeout)

    def _content(self, notice: Notice) -> dict[str, Any]:
        alert, words = notice.alert, worded(notice)
        content = {
            # What Alertmanager knows an alert by: nothing that changes belongs here.
            "labels": {
                **self._settings.labels,
                "alertname": "OutreachTest" if notice.is_test else "OutreachSpamRisk",
                "workspace": alert.workspace,
                "campaign_id": alert.campaign_id,
                "severity": self._settings.severity,
            },
            "annotations": {
                "summary": inert(words.title),
                "description": inert(words.text()),
                "risk": str(alert.risk),
                "paused": "true" if alert.paused else "false",
                "alert_id": alert.alert_id,
                "notice": notice.key,
            },
            "startsAt": iso(alert.opened_at),
        }
        if notice.is_test:
            content["endsAt"] = iso(Milliseconds(alert.at + _LONGEST_TEST))
        elif alert.change is AlertChange.RESOLVED:
            content["endsAt"] = iso(Milliseconds(max(alert.at, alert.opened_at + 1)))
        return content
