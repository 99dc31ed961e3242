"""The receivers of each kind of notifier."""

from __future__ import annotations

import re
import socket
from html.parser import HTMLParser
from typing import Any

import msgspec

from tests.contract._receiver import Answer, Receiver
from tests.notify import _mail_receiver as mail
from tests.notify import _web_receiver as web

_MARKUP = re.compile(r"<[!/@#?\w]|(?<!\w)@\w|\]\(|\w://|[\x00-\x09\x0b-\x1f\u202a-\u202e\u2028]")
"""What some medium or other takes for more than text."""


def nobodys_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        return int(reserved.getsockname()[1])


class OnWeb(Receiver):
    """A receiver that is a web server."""

    kind = ""
    more = ""

    def __init__(self, server: web.WebReceiver) -> None:
        self.server = server

    def settings(self, *, timeout_seconds: float, is_there: bool = True) -> str:
        """Return the address of the server."""
        url = self.server.url if is_there else f"http://127.0.0.1:{nobodys_port()}"
        return (
            f'kind = "{self.kind}"\nurl = "{self.address(url)}"\n'
            f"timeout_seconds = {timeout_seconds}\n{self.more}"
        )

    def address(self, url: str) -> str:
        """Return what stands in the settings for a server."""
        return url

    def answer(self, *answers: Answer) -> None:
        """Answer with a status."""
        known = {
            Answer.LATER: web.Answer(503, "starting <b>up</b>"),
            Answer.NEVER: web.Answer(422, "no such field"),
            Answer.HANG: web.HANG,
            Answer.BREAK_OFF: web.BREAK_OFF,
        }
        self.server.answers.extend(known[each] for each in answers)

    @property
    def last(self) -> Any:  # noqa: ANN401 - JSON
        """Return the JSON of the last notice."""
        return self.server.received[-1].json

    def read(self) -> str:
        """Return every text in the JSON."""
        return "\n".join(texts(self.last))

    def acting(self) -> list[str]:
        """Return what any medium might take for markup."""
        return _MARKUP.findall(self.read().replace("\n", " "))


class WebhookReceiver(OnWeb):
    """Programs."""

    kind = "webhook"
    more = 'secret = "sesame"'

    def keys(self) -> list[str]:
        """Return the header."""
        return [each.headers["webhook-id"] for each in self.server.received]

    def acting(self) -> list[str]:
        """Return nothing: programs get the text as it is, and this is JSON."""
        data = self.last["data"]
        assert data["examples"][-1]["text"] == "Last."
        assert data["campaign_id"] == data["evidence"][0] == data["examples"][0]["text"]
        return []


class SlackReceiver(OnWeb):
    """Slack, which knows mentions and links by `<`, and formats only `mrkdwn`."""

    kind = "slack"

    def keys(self) -> list[str]:
        """Return what stands at the end."""
        return [
            each.json["blocks"][-1]["elements"][0]["text"].rpartition(" ")[2]
            for each in self.server.received
        ]

    def read(self) -> str:
        """Return every text, as Slack shows it."""
        shown = super().read()
        return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")

    def acting(self) -> list[str]:
        """Return every `<` or `>`, every `&` that is no escape, and what is too long."""
        parts = list(text_objects(self.last["blocks"]))
        assert {part["type"] for part in parts} == {"plain_text"}
        assert all(len(part["text"]) <= 3_000 for part in parts)
        assert len(self.last["blocks"]) <= 50
        assert len(self.last["blocks"][0]["text"]["text"]) <= 150
        written = [part["text"] for part in parts] + [self.last["text"]]
        return [found for each in written for found in re.findall(r"[<>]|&(?!amp;|lt;|gt;)", each)]


class AlertmanagerReceiver(OnWeb):
    """Alertmanager, which hands annotations on to whatever it knows."""

    kind = "alertmanager"

    def keys(self) -> list[str]:
        """Return the annotation."""
        return [each.json[0]["annotations"]["notice"] for each in self.server.received]

    def acting(self) -> list[str]:
        """Return what is markup in what people read: labels are names."""
        annotations = self.last[0]["annotations"]
        shown = f"{annotations['summary']} {annotations['description']}"
        return _MARKUP.findall(shown.replace("\n", " "))


class AppriseReceiver(OnWeb):
    """Some service that Apprise knows: here the one that takes JSON."""

    kind = "apprise"

    def address(self, url: str) -> str:
        """Return Apprise's own kind of URL."""
        return url.replace("http:", "json:")

    def keys(self) -> list[str]:
        """Return what stands at the end."""
        return [each.json["message"].split()[-1] for each in self.server.received]


class EmailReceiver(Receiver):
    """A mail server, and a mail program that shows HTML."""

    def __init__(self, server: mail.MailReceiver) -> None:
        self.server = server

    def settings(self, *, timeout_seconds: float, is_there: bool = True) -> str:
        """Return the address of the server."""
        port = self.server.port if is_there else nobodys_port()
        return (
            f'kind = "email"\nhost = "127.0.0.1"\nport = {port}\ntls = "none"\n'
            'from = "outreach@northfold.example"\nto = ["ops@northfold.example"]\n'
            f"timeout_seconds = {timeout_seconds}\n"
        )

    def answer(self, *answers: Answer) -> None:
        """Answer the data."""
        known = {
            Answer.LATER: "451 try again later",
            Answer.NEVER: "554 no spam",
            Answer.HANG: mail.HANG,
            Answer.BREAK_OFF: mail.BREAK_OFF,
        }
        self.server.answers.extend(known[each] for each in answers)

    def keys(self) -> list[str]:
        """Return the header."""
        return [each.message["Message-ID"].strip("<>").split("@")[0] for each in self.server.mails]

    def read(self) -> str:
        """Return the subject, and the text of the plain part."""
        message = self.server.mails[-1].message
        part = message.get_body(("plain",))
        assert part is not None
        return f"{message['Subject']}\n{part.get_content()}"

    def acting(self) -> list[str]:
        """Return headers that nobody asked for, and all HTML but ours."""
        sent = self.server.mails[-1]
        assert sent.envelope.rcpt_tos == ["ops@northfold.example"]
        known = (
            "From To Subject Date Message-ID References Auto-Submitted MIME-Version Content-Type"
        )
        extra = [name for name in sent.message if name not in known.split()]
        page = sent.message.get_body(("html",))
        assert page is not None
        shown = _Page()
        shown.feed(page.get_content())
        assert "Last." in shown.text
        return [*extra, *shown.foreign]


_OURS = {"html", "body", "h3", "p", "ul", "li", "small"}


class _Page(HTMLParser):
    """A mail program."""

    def __init__(self) -> None:
        super().__init__()
        self.foreign: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        ours = tag == "blockquote" and attrs == [("style", "white-space:pre-wrap")]
        if not ours and (tag not in _OURS or attrs):
            self.foreign.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def texts(value: Any) -> list[str]:  # noqa: ANN401 - JSON
    """Return every text in a piece of JSON, names of fields apart."""
    match value:
        case str():
            return [value]
        case dict():
            return [text for each in value.values() for text in texts(each)]
        case list():
            return [text for each in value for text in texts(each)]
        case _:
            return [msgspec.json.encode(value).decode()]


def text_objects(value: Any) -> list[dict[str, str]]:  # noqa: ANN401 - JSON
    """Return Slack's text objects in a piece of JSON."""
    match value:
        case {"type": _, "text": str()}:
            return [value]
        case dict():
            return [part for each in value.values() for part in text_objects(each)]
        case list():
            return [part for each in value for part in text_objects(each)]
        case _:
            return []
