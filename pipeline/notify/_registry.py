"""Every kind of notifier: a new one is a file and a line here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from pipeline.notify._notifier import Notifier, Surroundings
from pipeline.notify._values import NotifierTable
from pipeline.notify.kinds.alertmanager import Alertmanager, AlertmanagerSettings
from pipeline.notify.kinds.apprise import Apprise, AppriseSettings
from pipeline.notify.kinds.slack import Slack, SlackSettings
from pipeline.notify.kinds.smtp import Email, EmailSettings
from pipeline.notify.kinds.webhook import Webhook, WebhookSettings


class NotifierKind(NamedTuple):
    """What stands in the file, and what is made of it."""

    settings: type[NotifierTable]
    make: Callable[[Any, Surroundings], Notifier]


KINDS: Final[dict[str, NotifierKind]] = {
    "webhook": NotifierKind(WebhookSettings, Webhook),
    "slack": NotifierKind(SlackSettings, Slack),
    "email": NotifierKind(EmailSettings, Email),
    "alertmanager": NotifierKind(AlertmanagerSettings, Alertmanager),
    "apprise": NotifierKind(AppriseSettings, Apprise),
}
