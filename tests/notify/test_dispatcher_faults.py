from __future__ import annotations

import asyncio

import pytest

from pipeline.alerts import Notice, standings
from pipeline.notify import Dispatcher, Failure, opened, read_alert_settings
from tests.notify._clock import TurnedClock
from tests.notify._dispatching import (
    OPENING,
    PARTITION,
    Log,
    Worker,
    webhook,
    working,
    written,
)
from tests.notify._notices import alert
from tests.notify._web_receiver import HANG, Answer, WebReceiver, web_receiver


async def test_one_that_hangs_delays_no_other(receiver: WebReceiver) -> None:
    """While one notifier answers nothing, another is told of everything."""
    async with web_receiver() as hanging:
        hanging.answers.extend([HANG] * 20)
        toml = webhook(receiver) + webhook(hanging, "hanging", "timeout_seconds = 60")
        async with working(toml) as worker:
            for number in range(5):
                worker.say(alert(alert_id=f"a-{number}"))
            told = await worker.recorded(5)
            await hanging.wait_for(2)
    assert {delivery.notifier for delivery in told} == {"on-call"}
    assert len(hanging.received) == 2


async def test_a_full_log_does_not_make_people_hear_twice(receiver: WebReceiver) -> None:
    """While the delivery cannot be recorded, only recording is tried again."""
    async with working(webhook(receiver)) as worker:
        worker.broken_log = 2
        worker.say(alert())
        for _ in range(2):
            await worker.clock.turn_to(await worker.clock.awaited())
        await worker.recorded(1)
    assert len(receiver.received) == 1


async def test_what_is_written_and_not_yet_folded_is_not_told_again(receiver: WebReceiver) -> None:
    """The log may be read back later than it was written."""
    async with working(webhook(receiver)) as worker:
        worker.folds_late = True
        worker.say(alert())
        await worker.recorded(1)
        await worker.clock.idle()
        worker.dispatcher.update(PARTITION, [], {})
        await worker.clock.idle()
        worker.say(alert(alert_id="b"))
        await worker.recorded(2)
        await worker.clock.idle()
    assert len(receiver.received) == 2


class Faulty:
    """A notifier that breaks its contract the first times, in ways of its own."""

    repeat_seconds = None

    def __init__(self) -> None:
        self.faults: list[Exception] = [KeyError("token"), RuntimeError("no")]

    async def deliver(self, notice: Notice) -> None:
        """Raise what it should not."""
        assert notice.key == OPENING
        if self.faults:
            raise self.faults.pop(0)


async def test_a_faulty_notifier_loses_nothing(receiver: WebReceiver) -> None:
    """What a notifier should not have raised is a failure like others, for it alone."""
    settings = read_alert_settings(webhook(receiver), "alerts.toml", {})
    worker = Worker(Log(), settings, {"on-call": Faulty()}, TurnedClock())
    worker.begin()
    running = asyncio.create_task(worker.dispatcher.run())
    worker.say(alert())
    reasons = []
    for _ in range(2):
        reasons.append((await worker.failures.get()).reason)
        await worker.clock.turn_to(await worker.clock.awaited())
    await worker.recorded(1)
    running.cancel()
    await asyncio.wait([running])
    assert reasons == ["KeyError: 'token'", "RuntimeError: no"]


async def test_what_ails_the_caller_ends_it(receiver: WebReceiver) -> None:
    """A callback that raises is no failure of a notifier: it is not hidden."""
    receiver.answers.append(Answer(503))

    def broken(_: Failure) -> None:
        raise ZeroDivisionError

    settings = read_alert_settings(webhook(receiver), "alerts.toml", {})
    log = Log([alert()])
    async with opened(settings) as notifiers:
        dispatcher = Dispatcher(notifiers, settings.routing, written, failed=broken)
        dispatcher.take(PARTITION, standings(log.state), {})
        with pytest.raises(ExceptionGroup) as caught:
            await dispatcher.run()
    assert caught.group_contains(ZeroDivisionError)
