"""Everything that the library Apprise knows: a hundred services, each with its kind of URL."""

from __future__ import annotations

import asyncio
import importlib
import logging
import warnings
from collections.abc import Callable
from threading import Thread, get_ident
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator

from pipeline.alerts import Notice
from pipeline.notify._notifier import DeliveryError, Surroundings
from pipeline.notify._plain import inert, one_line
from pipeline.notify._values import NotifierTable, Secrets, Timeout
from pipeline.notify._wording import worded

_LONGEST_REASON: Final = 200
_log = logging.getLogger("apprise")


def _with_library(urls: Any) -> Any:  # noqa: ANN401 - pydantic passes what it has read
    try:
        library = importlib.import_module("apprise")
    except ImportError:
        raise ValueError("this kind once the package apprise is installed") from None
    with warnings.catch_warnings():
        # It loads all its plugins now, and some of them lean on what Python has deprecated.
        warnings.simplefilter("ignore", DeprecationWarning)
        known = all(library.Apprise.instantiate(url.get_secret_value()) for url in urls)
    if not known:
        raise ValueError("URLs that Apprise knows, such as ntfy://topic or tgram://token/chat")
    return urls


class AppriseSettings(NotifierTable):
    """What stands in the file."""

    kind: Literal["apprise"]
    url: Annotated[Secrets, AfterValidator(_with_library)]
    timeout_seconds: Timeout = 30.0


class Apprise:
    """One or several services; the notice is taken when all of them have taken it."""

    repeat_seconds = None

    def __init__(self, settings: AppriseSettings, _: Surroundings) -> None:
        self._settings = settings
        self._library = importlib.import_module("apprise")

    async def deliver(self, notice: Notice) -> None:
        """Have a thread of its own tell the services: the library blocks."""
        timeout = self._settings.timeout_seconds
        try:
            async with asyncio.timeout(timeout):
                reason = await _in_thread(lambda: self._refusal(notice))
        except TimeoutError:
            raise DeliveryError(f"no answer within {timeout:g} seconds") from None
        if reason is not None:
            raise DeliveryError(reason)

    def _refusal(self, notice: Notice) -> str | None:
        """Tell the services, and return why one of them has not taken the notice."""
        words = worded(notice)
        services = self._library.Apprise()
        for url in self._settings.url:
            services.add(url.get_secret_value())
        said = _Said()
        _log.addHandler(said)
        try:
            if services.notify(
                title=inert(words.title),
                body=inert(words.text()),
                body_format=self._library.NotifyFormat.TEXT,
            ):
                return None
        except Exception as error:  # noqa: BLE001 - a hundred plugins raise what they like
            return f"{type(error).__name__}: {one_line(str(error), _LONGEST_REASON)}"
        finally:
            _log.removeHandler(said)
        return said.last or "it was not taken"


class _Said(logging.Handler):
    """Keeps what the library last complained of in this thread: it tells its reasons to a log."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._thread = get_ident()
        self.last = ""

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self.last = one_line(record.getMessage(), _LONGEST_REASON)


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
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, result)

    Thread(target=run, name="apprise", daemon=True).start()
    return await done
