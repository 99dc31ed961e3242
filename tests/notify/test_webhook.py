from __future__ import annotations

import base64
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from pipeline.alerts import Notice
from pipeline.notify import DeliveryError, Notifier, opened, read_alert_settings
from pipeline.notify.kinds.webhook import signature, signing_key
from tests.notify._notices import MINUTE, NOON, alert, notice, resolved, updated
from tests.notify._web_receiver import Answer, WebReceiver

FIRST = "whsec_" + base64.b64encode(b"the first secret, 32 bytes long.").decode()
SECOND = "whsec_" + base64.b64encode(b"and one that is to replace it...").decode()


@asynccontextmanager
async def webhook(receiver: WebReceiver, secret: str) -> AsyncIterator[Notifier]:
    """Have a webhook at noon, with a secret as it stands in the file."""
    table = (
        f'[notifiers.hook]\nkind = "webhook"\nurl = "{receiver.url}/in?a=b"\nsecret = {secret}\n'
    )
    settings = read_alert_settings(table, "alerts.toml", {"HOOK_SECRET": FIRST})
    async with opened(settings, now=lambda: NOON / 1000 + 0.9) as notifiers:
        yield notifiers["hook"]


async def deliver(
    receiver: WebReceiver, told: Notice | None = None, secret: str = f'"{FIRST}"'
) -> None:
    """Deliver one notice."""
    async with webhook(receiver, secret) as notifier:
        await notifier.deliver(told or notice())


def signed_by(secret: bytes, receiver: WebReceiver) -> bool:
    """Verify the last notice, as the specification tells receivers to."""
    [*_, received] = receiver.received
    headers = received.headers
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + received.body
    digest = base64.b64encode(hmac.digest(secret, signed, "sha256")).decode()
    return f"v1,{digest}" in headers["webhook-signature"].split(" ")


@pytest.mark.parametrize("secret", [f'"{FIRST}"', '{ env = "HOOK_SECRET" }'])
async def test_id_time_and_body_are_signed(receiver: WebReceiver, secret: str) -> None:
    """The key is what stands in base64 after its prefix; the time is that of the attempt."""
    await deliver(receiver, secret=secret)
    assert signed_by(b"the first secret, 32 bytes long.", receiver)
    assert not signed_by(FIRST.encode(), receiver)
    assert receiver.received[0].headers["webhook-timestamp"] == str(NOON // 1000)
    assert receiver.received[0].path == "/in"


async def test_a_secret_may_be_replaced(receiver: WebReceiver) -> None:
    """While there are two, receivers that know either of them take the notice."""
    await deliver(receiver, secret=f'["{FIRST}", "{SECOND}"]')
    assert signed_by(b"the first secret, 32 bytes long.", receiver)
    assert signed_by(b"and one that is to replace it...", receiver)


async def test_a_secret_may_be_any_text(receiver: WebReceiver) -> None:
    """Without the prefix the text itself is the key."""
    await deliver(receiver, secret='"sesame"')
    assert signed_by(b"sesame", receiver)


def test_the_specifications_own_example() -> None:
    """The signature is the one that the specification shows for its id, time and body."""
    key = signing_key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    signed = signature([key], "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b'{"test": 2432232314}')
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


async def test_the_body_has_all_of_the_alert(receiver: WebReceiver) -> None:
    """Programs get every field, times as ISO 8601 in UTC."""
    await deliver(receiver)
    body = receiver.received[0].json
    assert body["type"] == "alert.opened"
    assert body["timestamp"] == "2026-11-24T12:00:00.000Z"
    assert body["data"] == {
        "alert_id": "a-1",
        "workspace": "northfold",
        "campaign_id": "spring",
        "sequence": 0,
        "change": "opened",
        "first": True,
        "risk": 87,
        "opened_at": "2026-11-24T12:00:00.000Z",
        "resolved_at": None,
        "paused": True,
        "evidence": ["48 of 51 openers were copies of one text."],
        "examples": [
            {
                "platform": "instagram",
                "account_id": "northfold.outdoor",
                "creator_id": "creator-0",
                "message_id": "m-0",
                "sent_at": "2026-11-24T11:59:00.000Z",
                "text": "Hi Ana! Love your page.",
            }
        ],
    }


async def test_each_change_has_its_type(receiver: WebReceiver) -> None:
    """What was resolved says when; a test is no alert."""
    for told in (notice(updated(3)), notice(resolved(4, minutes=90)), notice(is_test=True)):
        await deliver(receiver, told)
    bodies = [each.json for each in receiver.received]
    assert [body["type"] for body in bodies] == ["alert.updated", "alert.resolved", "alert.test"]
    ends = [body["data"]["resolved_at"] for body in bodies]
    assert ends == [None, "2026-11-24T13:30:00.000Z", None]


@pytest.mark.parametrize("status", [200, 202, 204])
async def test_success_is_taken(receiver: WebReceiver, status: int) -> None:
    """Whatever the server says with 2xx, nothing is raised."""
    receiver.answers.append(Answer(status, ""))
    await deliver(receiver)


@pytest.mark.parametrize("status", [302, 401, 403, 404, 408, 409, 410, 425, 429, 500, 502, 503])
async def test_what_people_or_time_can_mend_is_tried_again(
    receiver: WebReceiver, status: int
) -> None:
    """Nothing is lost to a wrong address, a wrong password or a server that is down."""
    receiver.answers.append(Answer(status, "", {"Location": receiver.url}))
    with pytest.raises(DeliveryError, match=f"^it answers {status}$") as caught:
        await deliver(receiver)
    assert caught.value.retry
    assert len(receiver.received) == 1


@pytest.mark.parametrize("status", [400, 413, 415, 422])
async def test_what_is_wrong_with_the_notice_stays_wrong(
    receiver: WebReceiver, status: int
) -> None:
    """A server that does not take this notice will not take it later."""
    receiver.answers.append(Answer(status, "what\n is <b>this</b>?"))
    with pytest.raises(DeliveryError) as caught:
        await deliver(receiver)
    assert not caught.value.retry
    assert caught.value.reason == f"it answers {status}: what is <b>this</b>?"


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("120", 120.0),
        ("Tue, 24 Nov 2026 12:01:00 GMT", 59.1),
        ("Tue, 24 Nov 2026 11:01:00 GMT", 0.0),
        ("soon", 0.0),
        ("-5", 0.0),
        ("9" * 400, 999_999_999.0),
        ("Mon, 01 Jan 99999999999999999999999 00:00:00 GMT", 0.0),
        ("Mon, 01 Jan 2027 00:00:00 +99999999999999999999", 0.0),
    ],
)
async def test_a_server_may_ask_for_time(receiver: WebReceiver, asked: str, seconds: float) -> None:
    """Retry-After is a number of seconds or a date; anything else asks for nothing."""
    receiver.answers.append(Answer(503, headers={"Retry-After": asked}))
    with pytest.raises(DeliveryError) as caught:
        await deliver(receiver)
    assert caught.value.after == pytest.approx(seconds)


async def test_examples_and_keys_are_the_same_at_every_attempt(receiver: WebReceiver) -> None:
    """What is told again differs in nothing but its time and signature."""
    told = notice(alert(at=NOON + MINUTE, texts=("one", "two", "three")))
    for _ in range(2):
        await deliver(receiver, told)
    one, two = receiver.received
    assert one.body == two.body
