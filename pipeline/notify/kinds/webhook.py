"""Signed JSON to any web server, as standardwebhooks.com has it.

The signature covers id, time and body, so nobody can change a notice or send an old one again.
While a secret changes there may be several: each signs, and the receiver knows one of them.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Iterable
from typing import Annotated, Any, Literal

import msgspec
from pydantic import AfterValidator, SecretStr

from pipeline.alerts import AlertChange, Notice
from pipeline.notify._http import post
from pipeline.notify._notifier import Surroundings
from pipeline.notify._values import NotifierTable, Secrets, Timeout, Url
from pipeline.notify._wording import iso

_PREFIX = "whsec_"


def _with_keys(secrets: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
    for secret in secrets:
        try:
            signing_key(secret.get_secret_value())
        except ValueError:
            raise ValueError(f"a secret with base64 after {_PREFIX}, or any other text") from None
    return secrets


class WebhookSettings(NotifierTable):
    """What stands in the file."""

    kind: Literal["webhook"]
    url: Url
    secret: Annotated[Secrets, AfterValidator(_with_keys)]
    timeout_seconds: Timeout = 10.0


class Webhook:
    """A web server that is told in JSON."""

    repeat_seconds = None

    def __init__(self, settings: WebhookSettings, surroundings: Surroundings) -> None:
        self._settings = settings
        self._surroundings = surroundings
        self._keys = [signing_key(each.get_secret_value()) for each in settings.secret]

    async def deliver(self, notice: Notice) -> None:
        """Post the notice; whatever the server answers with 2xx, it has taken."""
        body = msgspec.json.encode(_content(notice))
        sent_at = str(int(self._surroundings.now()))
        headers = {
            "webhook-id": notice.key,
            "webhook-timestamp": sent_at,
            "webhook-signature": signature(self._keys, notice.key, sent_at, body),
        }
        settings = self._settings
        await post(self._surroundings, settings.url, body, headers, settings.timeout_seconds)


def signing_key(secret: str) -> bytes:
    """Return what one signs with.

    Raises ValueError when what follows the prefix is no base64, or when there is nothing to sign
    with: anybody knows an empty key.
    """
    if secret.startswith(_PREFIX):
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    else:
        key = secret.encode()
    if not key:
        raise ValueError("an empty key")
    return key


def signature(keys: Iterable[bytes], notice_key: str, sent_at: str, body: bytes) -> str:
    """Return one signature for each key, as the header has them."""
    signed = b".".join((notice_key.encode(), sent_at.encode(), body))
    digests = (hmac.digest(key, signed, "sha256") for key in keys)
    return " ".join(f"v1,{base64.b64encode(digest).decode()}" for digest in digests)


def _content(notice: Notice) -> dict[str, Any]:
    alert = notice.alert
    over = alert.change is AlertChange.RESOLVED
    return {
        "type": "alert.test" if notice.is_test else f"alert.{alert.change}",
        "timestamp": iso(alert.at),
        "data": {
            "alert_id": alert.alert_id,
            "workspace": alert.workspace,
            "campaign_id": alert.campaign_id,
            "sequence": alert.sequence,
            "change": alert.change,
            "first": notice.first,
            "risk": alert.risk,
            "opened_at": iso(alert.opened_at),
            "resolved_at": iso(alert.at) if over else None,
            "paused": alert.paused,
            "evidence": alert.evidence,
            "examples": [
                {
                    "platform": example.platform,
                    "account_id": example.account_id,
                    "creator_id": example.creator_id,
                    "message_id": example.message_id,
                    "sent_at": iso(example.sent_at),
                    "text": example.text,
                }
                for example in alert.examples
            ],
        },
    }
