from __future__ import annotations

import asyncio
import sys

import pytest

from pipeline.notify import (
    AlertSettingsError,
    DeliveryError,
    opened,
    read_alert_settings,
)
from tests.notify._notices import notice
from tests.notify._web_receiver import Answer, web_receiver


def table(url: str) -> str:
    """Return the settings of a notifier that tells a service."""
    return f'[notifiers.a]\nkind = "apprise"\nurl = "{url.replace("http:", "json:")}"\n'


async def test_what_the_library_complains_of_is_the_reason() -> None:
    """It tells what happened in the words of its log."""
    async with web_receiver() as receiver:
        receiver.answers.append(Answer(500))
        settings = read_alert_settings(table(receiver.url), "alerts.toml", {})
        async with opened(settings) as notifiers:
            with pytest.raises(DeliveryError, match="500") as caught:
                await notifiers["a"].deliver(notice())
    assert caught.value.retry


async def test_two_at_once_have_their_own_reasons() -> None:
    """What is said of one notice is not said of another's."""
    async with web_receiver() as one, web_receiver() as two:
        one.answers.append(Answer(500))
        two.answers.append(Answer(404))
        text = table(one.url) + table(two.url).replace("notifiers.a", "notifiers.b")
        async with opened(read_alert_settings(text, "alerts.toml", {})) as notifiers:
            said = await asyncio.gather(
                *(notifiers[name].deliver(notice()) for name in "ab"), return_exceptions=True
            )
    assert "500" in str(said[0])
    assert "404" in str(said[1])


def test_without_the_library_the_settings_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only whoever names this kind needs the package."""
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(AlertSettingsError, match="once the package apprise is installed"):
        read_alert_settings(table("json://x.example"), "alerts.toml", {})
    read_alert_settings(
        '[notifiers.a]\nkind = "slack"\nurl = "https://x.example"\n', "alerts.toml", {}
    )
