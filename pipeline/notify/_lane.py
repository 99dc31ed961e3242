"""Telling one notifier, apart from all others."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final, NamedTuple

from pipeline.alerts import AlertChange, AlertId, Backoff, Delivery, Notice, Outcome, Routing
from pipeline.events import Milliseconds
from pipeline.notify._clock import Clock
from pipeline.notify._notifier import DeliveryError, Notifier
from pipeline.notify._outstanding import Outstanding
from pipeline.notify._progress import Progress, Step, Target, next_step

AT_ONCE: Final = 2
"""So many notices are on their way to one notifier."""
_HANGING_SECONDS: Final = 120.0
"""No notifier takes so long; one that does is broken off."""
_log = logging.getLogger(__name__)


class Failure(NamedTuple):
    """A notice was not taken."""

    notifier: str
    notice: Notice
    reason: str
    attempts: int
    retry_at: Milliseconds | None
    """None: it was given up."""


class Telling(NamedTuple):
    """What all lanes share."""

    outstanding: Outstanding
    routing: Routing
    clock: Clock
    backoff: Backoff
    record: Callable[[Delivery], Awaitable[None]]
    failed: Callable[[Failure], None]


class _Due(NamedTuple):
    alert_id: AlertId
    progress: Progress
    step: Step


class Lane:
    """Tells one notifier of what is outstanding, each alert's changes one after the other."""

    def __init__(self, name: str, notifier: Notifier, telling: Telling) -> None:
        self._name = name
        self._notifier = notifier
        self._telling = telling
        self._progress: dict[AlertId, Progress] = {}
        self._running: dict[AlertId, asyncio.Task[None]] = {}
        self._woken = asyncio.Event()
        self._broken: BaseException | None = None

    def wake(self) -> None:
        """Say that something may be different now."""
        self._woken.set()

    async def run(self) -> None:
        """Tell until cancelled; what is on its way then is broken off, and told again later.

        Raises what the callbacks of `Telling` should not have raised.
        """
        try:
            while True:
                self._woken.clear()
                if self._broken is not None:
                    raise self._broken
                upcoming = self._begin(self._telling.clock.now())
                await self._telling.clock.pause(self._woken, upcoming)
        finally:
            running = list(self._running.values())
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    def _begin(self, now: Milliseconds) -> Milliseconds | None:
        """Begin with what is due, as much as may go at once; return when there will be more."""
        due, upcoming = self._steps(now)
        # What fails again and again must not hold up what is new.
        due.sort(key=lambda each: each.progress.attempts)
        for alert_id, progress, step in due[: AT_ONCE - len(self._running)]:
            task = asyncio.create_task(self._take(step, progress), name=f"tell {self._name}")
            self._running[alert_id] = task
            task.add_done_callback(partial(self._done, alert_id))
        return min(upcoming, default=None)

    def _steps(self, now: Milliseconds) -> tuple[list[_Due], list[Milliseconds]]:
        due: list[_Due] = []
        upcoming: list[Milliseconds] = []
        target = Target(self._name, self._telling.routing, self._notifier.repeat_seconds)
        known, self._progress = self._progress, {}
        for alert_id, entry in self._telling.outstanding.entries():
            progress = self._progress[alert_id] = known.get(alert_id) or Progress()
            if alert_id in self._running:
                continue
            step = next_step(target, entry, progress, now)
            if step is not None and step.not_before <= now:
                due.append(_Due(alert_id, progress, step))
            elif step is not None:
                upcoming.append(step.not_before)
        return due, upcoming

    def _done(self, alert_id: AlertId, task: asyncio.Task[None]) -> None:
        del self._running[alert_id]
        if not task.cancelled():
            self._broken = self._broken or task.exception()
        self._woken.set()

    async def _take(self, step: Step, progress: Progress) -> None:
        if step.notice is not None:
            if step.notice.alert.change is AlertChange.OPENED and not step.is_repeated:
                progress.opening = step.notice
            await self._tell(step.notice, progress, is_repeated=step.is_repeated)
        if progress.unrecorded is not None:
            await self._note(progress, progress.unrecorded)

    async def _tell(self, notice: Notice, progress: Progress, *, is_repeated: bool) -> None:
        """Tell, and say in `progress` what there is to record, if anything."""
        try:
            await self._hand_over(notice)
        except DeliveryError as error:
            progress.attempts += 1
            given_up = not error.retry and not is_repeated
            retry_at = None if given_up else self._retry_at(notice.key, progress, error.after)
            self._telling.failed(
                Failure(self._name, notice, error.reason, progress.attempts, retry_at)
            )
            if given_up:
                progress.unrecorded = self._delivery(notice, Outcome.GIVEN_UP, error.reason)
            return
        progress.attempts = 0
        progress.told_at = self._telling.clock.now()
        if not is_repeated:
            progress.unrecorded = self._delivery(notice, Outcome.DELIVERED)

    async def _hand_over(self, notice: Notice) -> None:
        try:
            async with asyncio.timeout(_HANGING_SECONDS):
                await self._notifier.deliver(notice)
        except DeliveryError:
            raise
        except TimeoutError:
            raise DeliveryError(f"it hangs for {_HANGING_SECONDS:g} seconds") from None
        except Exception as error:
            # It breaks its contract; the alert must not be lost for that, nor the others.
            _log.exception("The notifier %s failed in a way of its own", self._name)
            raise DeliveryError(f"{type(error).__name__}: {error}") from error

    async def _note(self, progress: Progress, delivery: Delivery) -> None:
        """Have written what happened; until it is, only this is tried again."""
        try:
            await self._telling.record(delivery)
        except Exception:  # noqa: BLE001 - whatever ails the log, people must not be told again
            progress.attempts += 1
            self._retry_at(delivery.key, progress, 0.0)
            _log.exception("A delivery to %s cannot be recorded yet", self._name)
            return
        progress.attempts = 0
        progress.recorded, progress.unrecorded, progress.opening = delivery, None, None

    def _retry_at(self, key: str, progress: Progress, asked: float) -> Milliseconds:
        now = self._telling.clock.now()
        backoff = self._telling.backoff
        progress.not_before = backoff.retry_at(now, progress.attempts, key, int(asked * 1000))
        return progress.not_before

    def _delivery(self, notice: Notice, outcome: Outcome, reason: str = "") -> Delivery:
        alert = notice.alert
        return Delivery(
            alert_id=alert.alert_id,
            workspace=alert.workspace,
            campaign_id=alert.campaign_id,
            notifier=self._name,
            sequence=alert.sequence,
            outcome=outcome,
            at=self._telling.clock.now(),
            key=notice.key,
            reason=reason,
        )
