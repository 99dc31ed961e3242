"""Everything that the library Apprise knows: a hundred services, each with its kind of URL."""

from __future__ import annotations

import asyncio
import importlib
import warnings
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, SecretStr

from pipeline.alerts import Notice
from pipeline.notify._notifier import DeliveryError, Surroundings
from pipeline.notify._plain import inert, one_line
from pipeline.notify._values import NotifierTable, Secret, Timeout
from pipeline.notify._wording import worded

_LONGEST_REASON: Final = 200


def _with_library(url: SecretStr) -> SecretStr:
    try:
        library = importlib.import_module("apprise")
    except ImportError:
        raise ValueError("this kind once the package apprise is installed") from None
    with warnings.catch_warnings():
        # It loads all its plugins now, and some of them lean on what Python has deprecated.
        warnings.simplefilter("ignore", DeprecationWarning)
        known = library.Apprise.instantiate(url.get_secret_value())
    if known is None:
        raise ValueError("a URL that Apprise knows, such as ntfy://topic or tgram://token/chat")
    return url


class AppriseSettings(NotifierTable):
    """What stands in the file."""

    kind: Literal["apprise"]
    url: Annotated[Secret, AfterValidator(_with_library)]
    """One service: several are several notifiers, so that none is told again for another."""
    timeout_seconds: Timeout = 30.0


class Apprise:
    """One of the services."""

    repeat_seconds = None

    def __init__(self, settings: AppriseSettings, _: Surroundings) -> None:
        self._settings = settings
        self._library = importlib.import_module("apprise")

    async def deliver(self, notice: Notice) -> None:
        """Have a thread of its own tell the service: the library blocks."""
        timeout = self._settings.timeout_seconds
        try:
            async with asyncio.timeout(timeout):
                reason = await _in_thread(lambda: self._refusal(notice))
        except TimeoutError:
            raise DeliveryError(f"no answer within {timeout:g} seconds") from None
        if reason is not None:
            raise DeliveryError(reason)

    def _refusal(self, notice: Notice) -> str | None:
        """Tell the service, and return why it has not taken the notice; None if it has."""
        words = worded(notice)
        try:
            service = self._library.Apprise()
            service.add(self._settings.url.get_secret_value())
            result = service.notify(
                title=inert(words.title),
                body=inert(words.text()),
                body_format=self._library.NotifyFormat.TEXT,
                timeout=self._settings.timeout_seconds,
            )
        except Exception as error:  # noqa: BLE001 - a hundred plugins raise what they like
            return f"{type(error).__name__}: {one_line(str(error), _LONGEST_REASON)}"
        if result:
            return None
        said = [one_line(entry.message, _LONGEST_REASON) for entry in result.logs()]
        return said[-1] if said else "it was not taken"


async def _in_thread(work: Callable[[], str | None]) -> str | None:
    """Return what the work returns.

    Its thread is no pool's: if it hangs, nobody else waits for a turn, nor does the process at its
    end.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[str | None] = loop.create_future()

    def settle(result: str | None) -> None:
        if not done.done():
            done.set_result(result)

    def run() -> None:
        result = work()
        # Whoever waited may be gone by now, and the loop with it.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, result)

    Thread(target=run, name="apprise", daemon=True).start()
    return await done
