"""What every notifier must do, whatever it speaks.

A test module binds it: a class that inherits from this one and has a fixture `receiver`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from pipeline.alerts import Notice
from pipeline.notify import DeliveryError, Notifier, opened, read_alert_settings
from tests.contract._receiver import Answer, Receiver
from tests.notify._notices import alert, notice, resolved, updated

HOSTILE = (
    "Hi <!channel> <@U024BE7LH> @everyone @here &lt;!here&gt; *bold* ~~gone~~ `code`",
    "</blockquote><script>alert(1)</script><img src=x onerror=alert(1)><a href='//x.example'>",
    "[win a prize](https://x.example) <https://x.example|win> http://x.example {{ .Labels }} ${x}",
    "Love your page\r\nBcc: everyone@northfold.example\r\n\r\n.\r\nQUIT\r\n",
    "\x00\x07\x1b[31mred\u202egnp.exe\u200b\ufeff \N{FAMILY} \u2028 end" + "x" * 5_000 + "]]>--",
)


@asynccontextmanager
async def a_notifier(
    receiver: Receiver, *, seconds: float = 30.0, is_there: bool = True
) -> AsyncIterator[Notifier]:
    """Have the notifier that leads to the receiver."""
    table = receiver.settings(timeout_seconds=seconds, is_there=is_there)
    settings = read_alert_settings(f"[notifiers.on-call]\n{table}", "alerts.toml", {})
    async with opened(settings) as notifiers:
        yield notifiers["on-call"]


class NotifierContract:
    """Bind with a fixture `receiver`."""

    async def test_taken(self, receiver: Receiver) -> None:
        """A notice that was delivered has arrived once, under its key."""
        async with a_notifier(receiver) as notifier:
            await notifier.deliver(notice())
        assert receiver.keys() == [notice().key]

    @pytest.mark.parametrize(
        "told",
        [
            notice(alert()),
            notice(updated(1)),
            notice(resolved(2)),
            notice(alert(), is_test=True),
            notice(alert(campaign="", evidence=(), texts=())),
            notice(alert(texts=("",) * 3, evidence=("Sentence. " * 40,) * 30)),
        ],
        ids=["opened", "updated", "resolved", "test", "bare", "long"],
    )
    async def test_every_notice(self, receiver: Receiver, told: Notice) -> None:
        """Each kind of notice is taken, and says whose it is."""
        async with a_notifier(receiver) as notifier:
            await notifier.deliver(told)
        assert receiver.keys() == [told.key]
        assert "northfold" in receiver.read()

    async def test_the_words_arrive(self, receiver: Receiver) -> None:
        """Whoever reads it learns campaign, risk, evidence and examples."""
        async with a_notifier(receiver) as notifier:
            await notifier.deliver(notice())
        text = receiver.read()
        for words in ("spring", "87", "48 of 51 openers", "creator-0", "Hi Ana! Love your page."):
            assert words in text

    async def test_a_repeat_bears_the_same_key(self, receiver: Receiver) -> None:
        """What is told again can be known by its key, also from another process."""
        for _ in range(2):
            async with a_notifier(receiver) as notifier:
                await notifier.deliver(notice())
        assert receiver.keys() == [notice().key] * 2

    @pytest.mark.parametrize("answer", [Answer.LATER, Answer.BREAK_OFF])
    async def test_not_now(self, receiver: Receiver, answer: Answer) -> None:
        """A receiver that is not well can be told again, and takes it then."""
        receiver.answer(answer)
        async with a_notifier(receiver) as notifier:
            with pytest.raises(DeliveryError) as caught:
                await notifier.deliver(notice())
            assert caught.value.retry
            assert caught.value.reason
            await notifier.deliver(notice())
        assert receiver.keys()[-1] == notice().key

    async def test_never(self, receiver: Receiver) -> None:
        """A receiver that refuses the notice says so; the next one is taken."""
        receiver.answer(Answer.NEVER)
        async with a_notifier(receiver) as notifier:
            with pytest.raises(DeliveryError):
                await notifier.deliver(notice())
            await notifier.deliver(notice(updated(1)))
        assert receiver.keys()[-1] == notice(updated(1)).key

    async def test_no_answer(self, receiver: Receiver) -> None:
        """A receiver that says nothing is given up in time, for now."""
        receiver.answer(Answer.HANG)
        async with a_notifier(receiver, seconds=0.3) as notifier:
            with pytest.raises(DeliveryError, match=r"within 0\.3 seconds") as caught:
                await notifier.deliver(notice())
        assert caught.value.retry

    async def test_nobody_there(self, receiver: Receiver) -> None:
        """A refused connection is no reason to forget the notice."""
        async with a_notifier(receiver, is_there=False) as notifier:
            with pytest.raises(DeliveryError) as caught:
                await notifier.deliver(notice())
        assert caught.value.retry

    @pytest.mark.parametrize("text", HOSTILE)
    async def test_strangers_words_are_only_words(self, receiver: Receiver, text: str) -> None:
        """Whatever creators and campaigns are called, and write, arrives as text and no more."""
        told = notice(alert(campaign=text, evidence=(text, "The end."), texts=(text, "Last.")))
        async with a_notifier(receiver) as notifier:
            await notifier.deliver(told)
        assert receiver.keys() == [told.key]
        assert receiver.acting() == []
        assert "The end." in receiver.read()
        assert "Last." in receiver.read()
