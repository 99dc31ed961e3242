"""An incoming webhook of Slack."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from pipeline.alerts import Notice
from pipeline.notify._http import post
from pipeline.notify._notifier import Surroundings
from pipeline.notify._values import NotifierTable, Timeout, Url
from pipeline.notify._wording import worded


class SlackSettings(NotifierTable):
    """What stands in the file."""

    kind: Literal["slack"]
    url: Url
    timeout_seconds: Timeout = 10.0


class Slack:
    """A channel of Slack."""

    repeat_seconds = None

    def __init__(self, settings: SlackSettings, surroundings: Surroundings) -> None:
        self._settings = settings
        self._surroundings = surroundings

    async def deliver(self, notice: Notice) -> None:
        """Post the notice as blocks."""
        body = msgspec.json.encode(_content(notice))
        settings = self._settings
        await post(self._surroundings, settings.url, body, {}, settings.timeout_seconds)


def _content(notice: Notice) -> dict[str, Any]:
    words = worded(notice)
    blocks = [{"type": "header", "text": _text(words.headline)}, _section(words.place)]
    blocks.append(_section(words.state))
    blocks += [_section(f"• {sentence}") for sentence in words.evidence]
    for example in words.examples:
        blocks += [_context(example.origin), _section(example.text or "(no text)")]
    blocks.append(_context(words.reference))
    return {
        # What notifications on a phone show; Slack reads markup in it.
        "text": _escaped(words.title),
        "blocks": blocks,
        "unfurl_links": False,
        "unfurl_media": False,
    }


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": _text(text)}


def _context(text: str) -> dict[str, Any]:
    return {"type": "context", "elements": [_text(text)]}


def _text(text: str) -> dict[str, Any]:
    """Return text that Slack does not format, and in which it looks for no links or mentions."""
    return {"type": "plain_text", "text": _escaped(text), "emoji": False}


def _escaped(text: str) -> str:
    """Return a text without what begins or ends a mention, a link or a special command."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
