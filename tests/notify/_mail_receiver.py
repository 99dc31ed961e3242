"""A mail server that takes messages, or not."""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, NamedTuple

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

CERTIFICATE = Path(__file__).with_name("localhost.pem")
"""For localhost and 127.0.0.1, until 2126; its key is no secret."""
BREAK_OFF = "break off"
HANG = "hang"


class Mail(NamedTuple):
    """A message that was taken."""

    envelope: Envelope
    login: str | None
    is_encrypted: bool
    client: str | None
    """What the client calls itself."""

    @property
    def message(self) -> EmailMessage:
        """Return the message."""
        content = self.envelope.original_content
        assert content is not None
        parsed = message_from_bytes(content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed


class MailReceiver:
    """Keeps what it takes; what it answers to data or recipients is written beforehand."""

    def __init__(self) -> None:
        self.port = 0
        self.mails: list[Mail] = []
        self.answers: deque[str] = deque()
        self.refused: dict[str, str] = {}
        """What it answers to a recipient."""
        self.refused_sender: str | None = None
        """What it answers to whoever sends."""
        self._ended = asyncio.Event()

    async def handle_MAIL(  # noqa: N802 - aiosmtpd calls it so
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Take a sender."""
        if self.refused_sender is not None:
            return self.refused_sender
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Take a recipient."""
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd calls it so
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take a message."""
        answer = self.answers.popleft() if self.answers else "250 OK"
        if answer == HANG:
            await self._ended.wait()
        if answer == BREAK_OFF:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        if answer.startswith("250"):
            known = session.auth_data
            login = known.login.decode() if isinstance(known, LoginPassword) else None
            self.mails.append(Mail(envelope, login, session.ssl is not None, session.host_name))
        return answer

    def end(self) -> None:
        """Answer what hangs."""
        self._ended.set()


def _authenticate(
    _server: SMTP,
    _session: Session,
    _envelope: Envelope,
    _mechanism: str,
    data: Any,  # noqa: ANN401 - aiosmtpd's
) -> AuthResult:
    known = isinstance(data, LoginPassword) and data.password == b"sesame"
    return AuthResult(success=known, handled=False, auth_data=data)


@asynccontextmanager
async def mail_receiver(
    *, starttls: bool = False, implicit: bool = False
) -> AsyncIterator[MailReceiver]:
    """Serve on a free port of this machine while the block runs."""
    receiver, loop = MailReceiver(), asyncio.get_running_loop()
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(CERTIFICATE)
    connections: list[SMTP] = []

    def connected() -> SMTP:
        connection = SMTP(
            receiver,
            hostname="mail.example",
            tls_context=tls if starttls else None,
            require_starttls=starttls,
            auth_require_tls=starttls,
            authenticator=_authenticate,
            loop=loop,
        )
        connections.append(connection)
        return connection

    server = await loop.create_server(connected, "127.0.0.1", 0, ssl=tls if implicit else None)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        receiver.end()
        server.close()
        await server.wait_closed()
        for connection in connections:
            if connection.transport is not None:
                connection.transport.close()
