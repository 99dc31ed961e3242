"""E-mail, by any server that speaks SMTP."""

from __future__ import annotations

import asyncio
import logging
import re
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formatdate
from enum import StrEnum
from html import escape
from typing import Annotated, Final, Literal, Self

import aiosmtplib
from pydantic import Field, model_validator

from pipeline.alerts import Notice
from pipeline.notify._notifier import DeliveryError, Surroundings
from pipeline.notify._plain import one_line
from pipeline.notify._values import NotifierTable, Secret, Text, Timeout, at_odds
from pipeline.notify._wording import Wording, worded

_NEVER: Final = {552, 554}
"""Said of the message itself, that the server does not take it. The same said of who we are, or of
its own state, people can correct, as what else it refuses."""
_MENDABLE: Final = re.compile(r"no valid recipients|\b5\.(2\.2|3\.1)\b", re.IGNORECASE)
"""Nobody is there to read it, or there is no room for it: whatever the message says."""
_BOUNDARY: Final = "=_outreach_alert_="
_LONGEST_REASON: Final = 200
_PARTING_SECONDS: Final = 1.0
_log = logging.getLogger(__name__)
_HERE: Final = {"localhost", "127.0.0.1", "::1"}


class Tls(StrEnum):
    """How the way to the server is encrypted."""

    STARTTLS = "starttls"
    IMPLICIT = "implicit"
    NONE = "none"


_PORTS: Final = {Tls.STARTTLS: 587, Tls.IMPLICIT: 465, Tls.NONE: 25}
_ADDRESS: Final = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+$"
_AN_ADDRESS: Final = "a bare address, such as ops@northfold.example"
Address = Annotated[
    str, Field(strict=True, max_length=254, pattern=_ADDRESS, description=_AN_ADDRESS)
]


class EmailSettings(NotifierTable):
    """What stands in the file."""

    kind: Literal["email"]
    host: Text
    port: Annotated[int, Field(strict=True, ge=1, le=65535)] | None = Field(
        default=None, description="a whole number from 1 to 65535"
    )
    """None: 587, or 465 for `implicit`, or 25 for `none`."""
    tls: Tls = Tls.STARTTLS
    ca_file: Text | None = None
    """Certificates that are trusted instead of the system's."""
    username: Text | None = None
    password: Secret | None = None
    sender: Annotated[Address, Field(alias="from")]
    to: Annotated[tuple[Address, ...], Field(min_length=1, description=_AN_ADDRESS)]
    timeout_seconds: Timeout = 20.0

    @model_validator(mode="after")
    def _keeps_its_password(self) -> Self:
        if (self.username is None) != (self.password is None):
            given, left_out = "username", "password"
            if self.username is None:
                given, left_out = left_out, given
            allowed = "username and password, or neither"
            raise at_odds(given, f"given without {left_out}", allowed)
        if self.password and self.tls is Tls.NONE and self.host not in _HERE:
            allowed = '"starttls" or "implicit" for a password that leaves this machine'
            raise at_odds("tls", '"none"', allowed)
        return self


class Email:
    """People with mailboxes."""

    repeat_seconds = None

    def __init__(self, settings: EmailSettings, surroundings: Surroundings) -> None:
        self._settings = settings
        self._surroundings = surroundings
        self._domain = settings.sender.rpartition("@")[2]

    async def deliver(self, notice: Notice) -> None:
        """Hand the message to the server; it is taken once it is taken for one recipient.

        Those that are refused then are logged; a test says so, too.
        """
        timeout = self._settings.timeout_seconds
        client = None
        try:
            async with asyncio.timeout(timeout):
                client = self._client()
                await client.connect()
                refused, _ = await client.send_message(self._message(notice))
        except TimeoutError:
            raise DeliveryError(f"no answer within {timeout:g} seconds") from None
        except aiosmtplib.SMTPRecipientsRefused as error:
            first = error.recipients[0]
            raise DeliveryError(_reason(first.code, first.message, first.recipient)) from None
        except aiosmtplib.SMTPResponseException as error:
            reason = _reason(error.code, error.message)
            raise DeliveryError(reason, retry=not _is_about_the_message(error)) from None
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            said = one_line(str(error), _LONGEST_REASON)
            raise DeliveryError(f"{type(error).__name__}: {said}") from None
        finally:
            if client is not None:
                await _part(client)
        for recipient, (code, said) in refused.items():
            reason = _reason(code, said, recipient)
            if notice.is_test:
                raise DeliveryError(reason)
            _log.warning("A notice was taken, but not for everybody: %s", reason)

    def _client(self) -> aiosmtplib.SMTP:
        settings = self._settings
        password = settings.password
        encrypted = settings.tls is not Tls.NONE
        return aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port or _PORTS[settings.tls],
            username=settings.username,
            password=None if password is None else password.get_secret_value(),
            # Else it asks the name service who we are.
            local_hostname=self._domain,
            timeout=settings.timeout_seconds,
            use_tls=settings.tls is Tls.IMPLICIT,
            start_tls=settings.tls is Tls.STARTTLS,
            tls_context=ssl.create_default_context(cafile=settings.ca_file) if encrypted else None,
        )

    def _message(self, notice: Notice) -> EmailMessage:
        words = worded(notice)
        message = EmailMessage()
        message["From"] = self._settings.sender
        message["To"] = ", ".join(self._settings.to)
        message["Subject"] = words.title
        message["Date"] = formatdate(self._surroundings.now())
        # The same at every try, so that mailboxes show it once.
        message["Message-ID"] = f"<{notice.key}@{self._domain}>"
        # Not the id of any message: what bears it is shown as one thread.
        thread = f"alert-{notice.alert.alert_id}"
        if thread.replace("-", "").isalnum() and thread.isascii():
            message["References"] = f"<{thread}@{self._domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(words.text())
        message.add_alternative(_page(words), subtype="html")
        message.set_boundary(f"{_BOUNDARY}{notice.key}")
        return message


def _page(words: Wording) -> str:
    evidence = "".join(f"<li>{escape(sentence)}</li>" for sentence in words.evidence)
    examples = "".join(
        f"<p>{escape(example.origin)}:</p>"
        f'<blockquote style="white-space:pre-wrap">{escape(example.text)}</blockquote>'
        for example in words.examples
    )
    return (
        f"<!DOCTYPE html><html><body><h3>{escape(words.title)}</h3><p>{escape(words.state)}</p>"
        f"<ul>{evidence}</ul>{examples}<p><small>{escape(words.reference)}</small></p></body></html>"
    )


async def _part(client: aiosmtplib.SMTP) -> None:
    """End the connection; what the server has taken it keeps, however that goes."""
    with suppress(aiosmtplib.SMTPException, OSError, TimeoutError):
        if client.is_connected:
            async with asyncio.timeout(_PARTING_SECONDS):
                await client.quit()
    client.close()


def _is_about_the_message(error: aiosmtplib.SMTPResponseException) -> bool:
    return (
        isinstance(error, aiosmtplib.SMTPDataError)
        and error.code in _NEVER
        and _MENDABLE.search(error.message) is None
    )


def _reason(code: int, said: str, recipient: str = "") -> str:
    about = f" about {recipient}" if recipient else ""
    return f"it answers {code}{about}: {one_line(said, _LONGEST_REASON)}"
