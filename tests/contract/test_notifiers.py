"""Every notifier under the contract."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from pipeline.notify._registry import KINDS
from tests.contract._receiver import Receiver
from tests.contract._receivers import (
    AlertmanagerReceiver,
    AppriseReceiver,
    EmailReceiver,
    OnWeb,
    SlackReceiver,
    WebhookReceiver,
)
from tests.contract.notifier import NotifierContract
from tests.notify._mail_receiver import mail_receiver
from tests.notify._web_receiver import web_receiver

ON_WEB: tuple[type[OnWeb], ...] = (
    WebhookReceiver,
    SlackReceiver,
    AlertmanagerReceiver,
    AppriseReceiver,
)


@pytest.mark.parametrize("kind", ON_WEB, ids=[each.kind for each in ON_WEB])
class TestOnWeb(NotifierContract):
    """The whole contract, for those that are told by HTTP."""

    @pytest.fixture
    async def receiver(self, kind: type[OnWeb]) -> AsyncIterator[Receiver]:
        """Serve a web server."""
        async with web_receiver() as server:
            yield kind(server)


class TestEmail(NotifierContract):
    """The whole contract."""

    @pytest.fixture
    async def receiver(self) -> AsyncIterator[Receiver]:
        """Serve a mail server."""
        async with mail_receiver() as server:
            yield EmailReceiver(server)


def test_every_kind_is_bound() -> None:
    """A kind that is added without being bound here is noticed."""
    assert {*(each.kind for each in ON_WEB), "email"} == set(KINDS)
