from __future__ import annotations

import pytest

from pipeline.alerts import Delivery, Outcome, idempotency_key
from tests.notify._dispatching import (
    OPENING,
    PARTITION,
    Log,
    in_use,
    webhook,
    working,
)
from tests.notify._notices import HOUR, NOON, alert, resolved, updated
from tests.notify._web_receiver import HANG, Answer, WebReceiver


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
    assert [each.headers["webhook-id"] for each in receiver.received] == [OPENING] * 2


@pytest.mark.parametrize("changed", ["at_least = 90", 'workspace = "other"'])
async def test_an_alert_that_is_known_is_ended_whatever_the_routes_are_by_now(
    receiver: WebReceiver, changed: str
) -> None:
    """After a start with other routes the receiver's incident does not stay open for ever."""
    async with working(webhook(receiver)) as first:
        first.say(alert())
        await first.recorded(1)
    toml = webhook(receiver) + f'[[routes]]\nnotifiers = ["on-call"]\n{changed}\n'
    async with working(toml, Log(first.log.records)) as second:
        second.say(updated(1, risk=89))
        await second.clock.idle()
        second.say(resolved(2))
        await second.recorded(2)
        await second.clock.idle()
    told = [(each.json["type"], each.json["data"]["sequence"]) for each in receiver.received]
    assert told == [("alert.opened", 0), ("alert.resolved", 2)]


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


async def test_another_workers_partition_is_left_alone(receiver: WebReceiver) -> None:
    """A partition that is gone is told of no more."""
    receiver.answers.append(Answer(503))
    async with working(webhook(receiver)) as worker:
        worker.say(alert())
        moment = await worker.clock.awaited()
        worker.dispatcher.drop(PARTITION)
        await worker.clock.idle()
        await worker.clock.turn_to(moment)
        worker.say(updated(1))
        await worker.clock.idle()
    assert len(receiver.received) == 1


async def test_a_new_notifier_hears_of_what_is_open_alone(receiver: WebReceiver) -> None:
    """The alerts of the years before it came into use are not its business."""
    log = Log([alert(alert_id="open"), alert(alert_id="over"), resolved(1, alert_id="over")])
    async with working(webhook(receiver), log) as worker:
        worker.say(*in_use("on-call", since=NOON + 2 * HOUR))
        await worker.recorded(1)
        await worker.clock.idle()
    assert [each.json["data"]["alert_id"] for each in receiver.received] == ["open"]


async def test_a_partition_that_was_not_taken_is_left_alone(receiver: WebReceiver) -> None:
    """While it is still being read, what has been told long ago looks as if it were not."""
    async with working(webhook(receiver)) as worker:
        worker.dispatcher.drop(PARTITION)
        worker.say(alert())
        await worker.clock.idle()
        worker.begin()
        await worker.recorded(1)
    assert len(receiver.received) == 1
