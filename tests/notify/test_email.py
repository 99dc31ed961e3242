from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from pipeline.notify import DeliveryError, Notifier, opened, read_alert_settings
from tests.notify._mail_receiver import CERTIFICATE, MailReceiver, mail_receiver
from tests.notify._notices import NOON, alert, notice, resolved, updated

TRUSTED = f'ca_file = "{CERTIFICATE}"'
LOGIN = 'username = "outreach"\npassword = { env = "MAIL_PASSWORD" }'


@asynccontextmanager
async def email(
    receiver: MailReceiver, tls: str = "none", *more: str, password: str = "sesame"
) -> AsyncIterator[Notifier]:
    """Have a notifier that writes to two people, at noon."""
    lines = (
        "[notifiers.mail]",
        'kind = "email"',
        'host = "127.0.0.1"',
        f"port = {receiver.port}",
        f'tls = "{tls}"',
        'from = "outreach@northfold.example"',
        'to = ["ops@northfold.example", "lead@northfold.example"]',
        *more,
    )
    settings = read_alert_settings("\n".join(lines), "alerts.toml", {"MAIL_PASSWORD": password})
    async with opened(settings, now=lambda: NOON / 1000) as notifiers:
        yield notifiers["mail"]


async def test_a_message_has_both_parts() -> None:
    """Text and HTML say the same; the headers are those of a machine's message."""
    async with mail_receiver() as receiver, email(receiver) as notifier:
        await notifier.deliver(notice())
    [mail] = receiver.mails
    message = mail.message
    assert mail.client == "northfold.example"
    assert mail.envelope.mail_from == "outreach@northfold.example"
    assert mail.envelope.rcpt_tos == ["ops@northfold.example", "lead@northfold.example"]
    assert message["Subject"] == "Spam risk 87 of 100: campaign spring, workspace northfold"
    assert message["Date"] == "Tue, 24 Nov 2026 12:00:00 -0000"
    assert message["Message-ID"] == f"<{notice().key}@northfold.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    for kind in ("plain", "html"):
        part = message.get_body((kind,))
        assert part is not None
        content = part.get_content()
        for words in ("Open since 2026-11-24 12:00 UTC. The campaign is paused.", "48 of 51"):
            assert words in content
        assert "instagram, northfold.outdoor to creator-0, 2026-11-24 11:59 UTC" in content


async def test_changes_of_an_alert_are_one_thread() -> None:
    """Each has an id of its own, and all refer to the alert."""
    async with mail_receiver() as receiver, email(receiver) as notifier:
        for told in (alert(), updated(1), resolved(2)):
            await notifier.deliver(notice(told))
    messages = [mail.message for mail in receiver.mails]
    assert len({message["Message-ID"] for message in messages}) == 3
    assert {message["References"] for message in messages} == {"<alert-a-1@northfold.example>"}


async def test_subjects_are_one_line_in_any_language() -> None:
    """Names with other letters, and with line breaks, make no other header."""
    name = "Frühling ✨\r\nBcc: all@northfold.example\r\n\r\nHi"
    async with mail_receiver() as receiver, email(receiver) as notifier:
        await notifier.deliver(notice(alert(campaign=name)))
    [mail] = receiver.mails
    assert "Bcc" not in mail.message
    assert "Frühling ✨ Bcc: all@northfold.example Hi" in mail.message["Subject"]
    assert mail.envelope.rcpt_tos == ["ops@northfold.example", "lead@northfold.example"]


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
async def test_the_way_is_encrypted(tls: str) -> None:
    """Either way of TLS works with certificates that are trusted, and then a login does."""
    async with (
        mail_receiver(starttls=tls == "starttls", implicit=tls == "implicit") as receiver,
        email(receiver, tls, TRUSTED, *([LOGIN] if tls == "starttls" else [])) as notifier,
    ):
        await notifier.deliver(notice())
    [mail] = receiver.mails
    assert mail.is_encrypted or tls == "implicit"
    assert mail.login == ("outreach" if tls == "starttls" else None)


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
async def test_nobody_is_believed_to_be_the_server(tls: str) -> None:
    """A certificate that nobody vouches for ends the attempt, and nothing is sent."""
    async with (
        mail_receiver(starttls=tls == "starttls", implicit=tls == "implicit") as receiver,
        email(receiver, tls) as notifier,
    ):
        with pytest.raises(DeliveryError, match="certificate") as caught:
            await notifier.deliver(notice())
    assert caught.value.retry
    assert receiver.mails == []


async def test_nothing_is_sent_in_the_open_instead() -> None:
    """A server that does not know STARTTLS gets no message when it was asked for."""
    async with mail_receiver() as receiver, email(receiver, "starttls", TRUSTED) as notifier:
        with pytest.raises(DeliveryError):
            await notifier.deliver(notice())
    assert receiver.mails == []


async def test_a_wrong_password_can_be_mended() -> None:
    """The refusal is told, without the password, and the notice waits."""
    async with (
        mail_receiver(starttls=True) as receiver,
        email(receiver, "starttls", TRUSTED, LOGIN, password="open wide") as notifier,
    ):
        with pytest.raises(DeliveryError, match="535") as caught:
            await notifier.deliver(notice())
    assert caught.value.retry
    assert "open wide" not in str(caught.value)


async def test_one_wrong_recipient_does_not_silence_the_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The message is taken once it is taken for somebody."""
    async with mail_receiver() as receiver, email(receiver) as notifier:
        receiver.refused["ops@northfold.example"] = "550 nobody here"
        await notifier.deliver(notice())
    [mail] = receiver.mails
    assert mail.envelope.rcpt_tos == ["lead@northfold.example"]
    assert "550 about ops@northfold.example: nobody here" in caplog.text


async def test_a_test_finds_every_wrong_recipient() -> None:
    """Whoever only tries it wants to know."""
    async with mail_receiver() as receiver, email(receiver) as notifier:
        receiver.refused["lead@northfold.example"] = "550 nobody here"
        with pytest.raises(DeliveryError, match="550 about lead@northfold"):
            await notifier.deliver(notice(is_test=True))


async def test_no_recipient_at_all_can_be_mended() -> None:
    """A mistyped address loses nothing."""
    async with mail_receiver() as receiver, email(receiver) as notifier:
        for address in ("ops@northfold.example", "lead@northfold.example"):
            receiver.refused[address] = "550 nobody here"
        with pytest.raises(DeliveryError, match="550 about ops@northfold") as caught:
            await notifier.deliver(notice())
    assert caught.value.retry


@pytest.mark.parametrize(
    ("answer", "again"),
    [
        ("451 busy", True),
        ("550 not now", True),
        ("552 5.3.4 too long", False),
        ("554 no spam", False),
        ("554 5.5.1 No valid recipients", True),
        ("552 5.2.2 mailbox full", True),
        ("552 5.3.1 system full", True),
    ],
)
async def test_the_server_says_whether_to_come_again(answer: str, *, again: bool) -> None:
    """4xx is for now; 552 and 554 are about this very message, if they do not say otherwise."""
    async with mail_receiver() as receiver, email(receiver) as notifier:
        receiver.answers.append(answer)
        with pytest.raises(DeliveryError) as caught:
            await notifier.deliver(notice())
    assert caught.value.retry is again
    assert caught.value.reason == f"it answers {answer.replace(' ', ': ', 1)}"


@pytest.mark.parametrize("answer", ["554 5.7.1 client host blocked", "552 insufficient storage"])
async def test_a_refusal_of_who_we_are_can_be_mended(answer: str) -> None:
    """What the server says before it has seen the message is not about the message."""
    async with mail_receiver() as receiver, email(receiver) as notifier:
        receiver.refused_sender = answer
        with pytest.raises(DeliveryError, match=answer[:3]) as caught:
            await notifier.deliver(notice())
    assert caught.value.retry


class _TurningAway(asyncio.Protocol):
    """Refuses whoever comes, as a server does that takes no mail."""

    def __init__(self, gone: asyncio.Event) -> None:
        self._gone = gone

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Refuse it, and close."""
        assert isinstance(transport, asyncio.WriteTransport)
        transport.write(b"554 no SMTP service here\r\n")
        transport.close()

    def connection_lost(self, _: Exception | None) -> None:
        """Say that it is closed."""
        self._gone.set()


async def test_a_server_that_takes_no_mail_may_take_it_later() -> None:
    """A greeting of 554 is an outage: the notice waits for its end."""
    loop, gone, receiver = asyncio.get_running_loop(), asyncio.Event(), MailReceiver()
    server = await loop.create_server(lambda: _TurningAway(gone), "127.0.0.1", 0)
    receiver.port = server.sockets[0].getsockname()[1]
    async with server, email(receiver) as notifier:
        with pytest.raises(DeliveryError, match="554: no SMTP service here") as caught:
            await notifier.deliver(notice())
        await gone.wait()
    assert caught.value.retry
