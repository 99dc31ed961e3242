"""Somebody on call, beside the test: a web server that takes notices, or is away."""

from __future__ import annotations

import asyncio
import base64
import hmac
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from tests.notify._web_receiver import HANG, Answer, Received, WebReceiver, web_receiver

Value = TypeVar("Value")

_SECRET: Final = "quiet words"
_PATIENCE_SECONDS: Final = 60.0


class Notice(NamedTuple):
    """What was told."""

    key: str
    type: str
    alert_id: str
    content: dict[str, Any]
    """The alert."""

    @classmethod
    def of(cls, received: Received) -> Notice:
        """Read a request; holds that it is signed as standardwebhooks.com has it."""
        key, sent_at = received.headers["webhook-id"], received.headers["webhook-timestamp"]
        signed = f"{key}.{sent_at}.".encode() + received.body
        digest = hmac.digest(_SECRET.encode(), signed, "sha256")
        assert received.headers["webhook-signature"] == f"v1,{base64.b64encode(digest).decode()}"
        told = received.json
        return cls(key, told["type"], told["data"]["alert_id"], told["data"])


class OnCall:
    """Who is told of alerts."""

    def __init__(self, loop: asyncio.AbstractEventLoop, receiver: WebReceiver) -> None:
        self._loop = loop
        self._receiver = receiver

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._receiver.url.rpartition(":")[2])

    def told(self, count: int) -> list[Notice]:
        """Wait until it was told so often, also what it did not take; return everything."""
        return [Notice.of(each) for each in self._do(self._receiver.wait_for(count))]

    def told_of(self, campaign_id: str, times: int = 1) -> list[Notice]:
        """Wait until it was told so often of a campaign; return all that is about this one."""
        count, found = times, list[Notice]()
        while len(found) < times:
            notices = self.told(count)
            found = [each for each in notices if each.content["campaign_id"] == campaign_id]
            count = len(notices) + 1
        return found

    def keep_waiting(self) -> None:
        """Leave the next notice without an answer."""
        self._receiver.answers.append(HANG)

    def refuse(self, times: int) -> None:
        """Say of the next notices that it is not well."""
        self._receiver.answers.extend([Answer(503)] * times)

    def answer(self) -> None:
        """Take what waits; return when its sender could know."""
        self._do(self._receiver.let_go())

    def _do(self, coroutine: Coroutine[Any, Any, Value]) -> Value:
        running = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        try:
            return running.result(_PATIENCE_SECONDS)
        except TimeoutError:
            running.cancel()
            told = [Notice.of(each) for each in self._receiver.received]
            raise AssertionError(
                f"{_PATIENCE_SECONDS:.0f} seconds, and nothing but this: {told}"
            ) from None


def only_alert(notices: list[Notice]) -> str:
    """Return the one alert that all of these are about; hold that it has opened under one key."""
    (alert_id,) = {notice.alert_id for notice in notices}
    keys = {notice.key for notice in notices if notice.type == "alert.opened"}
    assert len(keys) == 1, notices
    return alert_id


@contextmanager
def on_call(port: int = 0) -> Iterator[OnCall]:
    """Have somebody on call at a port, any free one unless told otherwise, while the block runs."""
    with ThreadPoolExecutor(1) as thread:
        begun: Future[OnCall] = Future()
        ended = asyncio.Event()
        serving = thread.submit(asyncio.run, _serve(port, begun, ended))
        try:
            yield begun.result(_PATIENCE_SECONDS)
        finally:
            begun.result()._loop.call_soon_threadsafe(ended.set)
            serving.result()


def alerts_file(folder: Path, port: int) -> Path:
    """Write a file of settings with one notifier, which is at this port."""
    file = folder / "alerts.toml"
    file.write_text(
        f'[notifiers.on-call]\nkind = "webhook"\nurl = "http://127.0.0.1:{port}/notices"\n'
        f'secret = "{_SECRET}"\n'
    )
    return file


async def _serve(port: int, begun: Future[OnCall], ended: asyncio.Event) -> None:
    try:
        async with web_receiver(port) as receiver:
            begun.set_result(OnCall(asyncio.get_running_loop(), receiver))
            await ended.wait()
    except BaseException as error:
        if not begun.done():
            begun.set_exception(error)
        raise
