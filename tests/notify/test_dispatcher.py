from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from pipeline.alerts import Delivery, Outcome, idempotency_key
from tests.notify._clock import TurnedClock
from tests.notify._dispatching import Log, in_use, working
from tests.notify._notices import HOUR, MINUTE, NOON, alert, resolved, updated
from tests.notify._web_receiver import BREAK_OFF, HANG, Answer, WebReceiver, web_receiver

OPENING = idempotency_key(alert().alert_id, 0, "on-call")


@pytest.fixture
async def receiver() -> AsyncIterator[WebReceiver]:
    """Serve a web server that takes notices."""
    async with web_receiver() as one:
        yield one


def webhook(receiver: WebReceiver, name: str = "on-call", more: str = "") -> str:
    """Return the settings of a webhook to it."""
    return f'[notifiers.{name}]\nkind = "webhook"\nurl = "{receiver.url}"\nsecret = "s"\n{more}\n'


async def test_an_alert_arrives_and_is_recorded(receiver: WebReceiver) -> None:
    """An alert that opens is told once, and the log says so."""
    async with working(webhook(receiver)) as worker:
        worker.say(alert())
        [delivery] = await worker.recorded(1)
        await worker.clock.idle()
    assert delivery == Delivery(
        alert_id=alert().alert_id,
        workspace=alert().workspace,
        campaign_id=alert().campaign_id,
        notifier="on-call",
        sequence=0,
        outcome=Outcome.DELIVERED,
        at=NOON,
        key=OPENING,
    )
    [received] = receiver.received
    assert received.headers["webhook-id"] == OPENING


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


async def test_what_is_never_taken_is_given_up_with_its_reason(receiver: WebReceiver) -> None:
    """A refused notice is not told again; the next change is."""
    receiver.answers.append(Answer(422, "no such field"))
    async with working(webhook(receiver)) as worker:
        worker.say(alert())
        [given_up] = await worker.recorded(1)
        assert (given_up.outcome, given_up.reason) == (
            Outcome.GIVEN_UP,
            "it answers 422: no such field",
        )
        worker.say(updated(1))
        await worker.recorded(2)
    assert [each.json["type"] for each in receiver.received] == ["alert.opened"] * 2
    assert [each.json["data"]["sequence"] for each in receiver.received] == [0, 1]


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


async def test_after_a_crash_it_is_told_again_under_the_same_key(receiver: WebReceiver) -> None:
    """Told, killed before it was recorded, started anew: a repeat of the opening, then the news."""
    receiver.answers.append(HANG)
    async with working(webhook(receiver)) as first:
        first.say(alert())
        await receiver.wait_for(1)
        first.log.append([updated(1)])
    log = Log(first.log.records)
    assert log.deliveries == []
    async with working(webhook(receiver), log) as second:
        await second.recorded(2)
    assert [
        (each.headers["webhook-id"], each.json["type"], each.json["data"]["sequence"])
        for each in receiver.received
    ] == [
        (OPENING, "alert.opened", 0),
        (OPENING, "alert.opened", 0),
        (idempotency_key(alert().alert_id, 1, "on-call"), "alert.updated", 1),
    ]


async def test_what_is_recorded_is_not_told_again(receiver: WebReceiver) -> None:
    """A worker that starts finds in the log what has been told."""
    async with working(webhook(receiver)) as first:
        first.say(alert())
        await first.recorded(1)
    async with working(webhook(receiver), Log(first.log.records)) as second:
        second.say(updated(1))
        await second.recorded(2)
    assert [each.json["data"]["sequence"] for each in receiver.received] == [0, 1]


async def test_a_full_log_does_not_make_people_hear_twice(receiver: WebReceiver) -> None:
    """While the delivery cannot be recorded, only recording is tried again."""
    async with working(webhook(receiver)) as worker:
        worker.broken_log = 2
        worker.say(alert())
        for _ in range(2):
            await worker.clock.turn_to(await worker.clock.awaited())
        await worker.recorded(1)
    assert len(receiver.received) == 1


async def test_while_it_is_down_only_the_newest_change_waits(receiver: WebReceiver) -> None:
    """What was tried is told as it was, then the newest change; none between them."""
    receiver.answers.append(Answer(503))
    async with working(webhook(receiver)) as worker:
        worker.say(alert())
        moment = await worker.clock.awaited()
        worker.say(updated(1), updated(2), updated(3, risk=99))
        await worker.clock.turn_to(moment)
        await worker.recorded(2)
    told = [(each.json["type"], each.json["data"]["sequence"]) for each in receiver.received]
    assert told == [("alert.opened", 0), ("alert.opened", 0), ("alert.updated", 3)]


QUIET = """
[[routes]]
notifiers = ["on-call"]
quiet = { from = "12:30", until = "16:00", timezone = "Europe/Berlin", unless_at_least = 95 }
"""


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


async def test_another_workers_partition_is_left_alone(receiver: WebReceiver) -> None:
    """A partition that is gone is told of no more."""
    receiver.answers.append(Answer(503))
    async with working(webhook(receiver)) as worker:
        worker.say(alert())
        moment = await worker.clock.awaited()
        worker.dispatcher.drop(3)
        await worker.clock.idle()
        await worker.clock.turn_to(moment)
        worker.say(updated(1))
        await worker.clock.idle()
    assert len(receiver.received) == 1


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
