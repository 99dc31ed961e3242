from __future__ import annotations

import asyncio

from pipeline.alerts import Backoff, Delivery, Outcome, standings
from pipeline.notify import Dispatcher, opened, read_alert_settings
from tests.notify._clock import TurnedClock
from tests.notify._dispatching import (
    OPENING,
    PARTITION,
    Log,
    in_use,
    webhook,
    working,
    written,
)
from tests.notify._notices import HOUR, MINUTE, NOON, alert, resolved, updated
from tests.notify._web_receiver import BREAK_OFF, Answer, WebReceiver

QUIET = """
[[routes]]
notifiers = ["on-call"]
quiet = { from = "12:30", until = "16:00", timezone = "Europe/Berlin", unless_at_least = 95 }
"""


async def test_failures_are_tried_again_later(receiver: WebReceiver) -> None:
    """Each attempt bears the same key, and none comes before its time."""
    receiver.answers.extend([Answer(503), BREAK_OFF, Answer(404)])
    async with working(webhook(receiver)) as worker:
        worker.say(alert())
        for attempt in range(1, 4):
            failure = await worker.failures.get()
            assert failure.attempts == attempt
            moment = await worker.clock.awaited()
            assert moment == failure.retry_at
            assert worker.clock.now() <= moment <= worker.clock.now() + 1000 * 2**attempt
            assert len(receiver.received) == attempt
            await worker.clock.turn_to(moment)
        await worker.recorded(1)
    assert [each.headers["webhook-id"] for each in receiver.received] == [OPENING] * 4


async def test_a_receiver_may_ask_for_time(receiver: WebReceiver) -> None:
    """Retry-After is a promise not to come back sooner."""
    receiver.answers.append(Answer(429, headers={"Retry-After": "240"}))
    async with working(webhook(receiver)) as worker:
        worker.say(alert())
        assert await worker.clock.awaited() == NOON + 4 * MINUTE
        await worker.clock.turn_to(NOON + 4 * MINUTE)
        await worker.recorded(1)


async def test_a_quiet_period_ends_with_what_is_still_true(receiver: WebReceiver) -> None:
    """Held alerts are told at its end: each once, as it is then, and as opened."""
    async with working(webhook(receiver) + QUIET, Log(in_use("on-call"))) as worker:
        worker.say(alert(), alert(alert_id="over"))
        worker.say(updated(1), updated(2, risk=94), resolved(1, alert_id="over"))
        assert await worker.clock.awaited() == NOON + 3 * HOUR
        await worker.clock.turn_to(NOON + 3 * HOUR)
        await worker.recorded(2)
        await worker.clock.idle()
    told = {each.json["data"]["alert_id"]: each for each in receiver.received}
    assert len(receiver.received) == 2
    assert told["a-1"].json["type"] == "alert.opened"
    assert told["a-1"].json["data"]["risk"] == 94
    assert told["a-1"].headers["webhook-id"] == OPENING
    assert told["over"].json["type"] == "alert.resolved"
    assert told["over"].json["data"]["first"] is True


async def test_what_is_grave_enough_wakes_people(receiver: WebReceiver) -> None:
    """A quiet period lets the risk through that its route names."""
    async with working(webhook(receiver) + QUIET) as worker:
        worker.say(alert())
        await worker.clock.awaited()
        worker.say(updated(1, risk=95))
        await worker.recorded(1)
    [received] = receiver.received
    assert received.json["data"]["risk"] == 95


async def test_one_that_forgets_is_told_again(receiver: WebReceiver) -> None:
    """An open alert is repeated to Alertmanager until it is over; the log hears of each change."""
    toml = f'[notifiers.prometheus]\nkind = "alertmanager"\nurl = "{receiver.url}"\n'
    clock = TurnedClock()
    async with working(toml, clock=clock) as worker:
        worker.say(alert())
        await worker.recorded(1)
        for minute in range(1, 4):
            assert await clock.awaited() == NOON + minute * MINUTE
            await clock.turn_to(NOON + minute * MINUTE)
            await receiver.wait_for(1 + minute)
        worker.say(resolved(1))
        await worker.recorded(2)
        await clock.idle()
    assert len(receiver.received) == 5
    assert ["endsAt" in each.json[0] for each in receiver.received] == [False] * 4 + [True]


async def test_whoever_is_taken_out_of_the_routes_is_not_told_again(receiver: WebReceiver) -> None:
    """After a start with other routes one that forgets may forget; the end it hears, though."""
    toml = f'[notifiers.on-call]\nkind = "alertmanager"\nurl = "{receiver.url}"\n'
    elsewhere = f'{toml}[[routes]]\nnotifiers = ["on-call"]\nworkspace = "other"\n'
    log = Log([*in_use("on-call"), alert(), told_at_noon()])
    async with working(elsewhere, log) as worker:
        await worker.clock.idle()
        assert receiver.received == []
        worker.say(resolved(1))
        await worker.recorded(2)
        await worker.clock.idle()
    assert ["endsAt" in each.json[0] for each in receiver.received] == [True]


async def test_what_was_tried_is_told_also_when_it_is_over(receiver: WebReceiver) -> None:
    """It may have arrived: the opening keeps its key until it is taken; only then comes its end."""
    receiver.answers.extend([Answer(503)] * 2)
    async with working(webhook(receiver), Log(in_use("on-call"))) as worker:
        worker.say(alert())
        await worker.failures.get()
        worker.say(resolved(1))
        for _ in range(2):
            await worker.clock.turn_to(await worker.clock.awaited())
        await worker.recorded(2)
        await worker.clock.idle()
    keys = [each.headers["webhook-id"] for each in receiver.received]
    assert keys[:3] == [OPENING] * 3
    assert [each.json["type"] for each in receiver.received[2:]] == [
        "alert.opened",
        "alert.resolved",
    ]


async def test_what_fails_again_and_again_does_not_hold_up_what_is_new(
    receiver: WebReceiver,
) -> None:
    """When more is due at once than may go, the new goes first."""
    receiver.answers.extend([Answer(503)] * 2)
    async with working(webhook(receiver)) as worker:
        worker.say(alert(alert_id="old-1"), alert(alert_id="old-2"))
        for _ in range(2):
            await worker.failures.get()
        await worker.clock.awaited()
        await worker.clock.turn_to(NOON + MINUTE)
        worker.say(alert(alert_id="new"))
        await worker.recorded(3)
    told = [each.json["data"]["alert_id"] for each in receiver.received]
    assert "new" in told[2:4]


async def test_by_the_wall_clock(receiver: WebReceiver) -> None:
    """Without a clock that tests turn, a failed attempt comes again by itself."""
    receiver.answers.append(Answer(503))
    settings = read_alert_settings(webhook(receiver), "alerts.toml", {})
    log, quickly = Log([alert()]), Backoff(first=20)
    async with opened(settings) as notifiers:
        dispatcher = Dispatcher(notifiers, settings.routing, written, backoff=quickly)
        dispatcher.take(PARTITION, standings(log.state), {})
        running = asyncio.create_task(dispatcher.run())
        await receiver.wait_for(2)
        running.cancel()
        await asyncio.wait([running])
    assert [each.headers["webhook-id"] for each in receiver.received] == [OPENING] * 2


async def test_quiet_periods_do_not_let_it_be_forgotten(receiver: WebReceiver) -> None:
    """While a change waits for the morning, what is known to be open is repeated all the same."""
    toml = f'[notifiers.on-call]\nkind = "alertmanager"\nurl = "{receiver.url}"\n{QUIET}'
    log = Log([*in_use("on-call"), alert(), told_at_noon()])
    async with working(toml, log) as worker:
        await receiver.wait_for(1)
        worker.say(updated(1))
        for minute in range(1, 4):
            assert await worker.clock.awaited() == NOON + minute * MINUTE
            await worker.clock.turn_to(NOON + minute * MINUTE)
            await receiver.wait_for(1 + minute)
        assert len(worker.log.deliveries) == 1
        worker.say(updated(2, risk=96))
        await worker.recorded(2)
    assert [each.json[0]["annotations"]["risk"] for each in receiver.received] == [
        *("87", "93", "93", "93"),
        "96",
    ]


def told_at_noon() -> Delivery:
    """Return the fact that the opening was told."""
    about = alert()
    return Delivery(
        about.alert_id,
        about.workspace,
        about.campaign_id,
        "on-call",
        0,
        Outcome.DELIVERED,
        NOON,
        OPENING,
    )
