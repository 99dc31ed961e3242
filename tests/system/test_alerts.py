"""An alert, from the messages that tipped a campaign to the socket of whoever is on call."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from agents import outreach_app
from pipeline.embedded import DataDirectory, EmbeddedSystem, Settings, running_system
from pipeline.events import Outbound
from pipeline.importer import event_output
from pipeline.notify import read_alert_settings
from pipeline.transport.sqlite import Transaction
from tests.folds._drawn import parsed
from tests.notify._web_receiver import WebReceiver, web_receiver
from tests.reference._story import touch


@pytest.fixture
async def receiver() -> AsyncIterator[WebReceiver]:
    """Serve what takes notices."""
    async with web_receiver() as receiver:
        yield receiver


def blast() -> list[Outbound]:
    """Return the same text to forty creators, in the hour that has just passed."""
    begun = time.time_ns() // 1_000_000 - 3_600_000
    touches = [
        touch(f"b{number}", begun + number * 60_000, creator_id=f"b{number}", campaign_id="blast")
        for number in range(40)
    ]
    return [event for event in map(parsed, touches) if isinstance(event, Outbound)]


@asynccontextmanager
async def telling(data: Path, receiver: WebReceiver) -> AsyncIterator[EmbeddedSystem]:
    """Run a system that tells the receiver."""
    text = (
        f'[notifiers.on-call]\nkind = "webhook"\nurl = "{receiver.url}"\nsecret = "quiet words"\n'
    )
    settings = Settings(alerts=read_alert_settings(text, "alerts.toml", {}))
    async with running_system(DataDirectory(data), outreach_app, settings) as system:
        yield system


async def test_an_alert_reaches_a_socket_and_is_told_once(
    tmp_path: Path, receiver: WebReceiver
) -> None:
    """It comes with its evidence; a system that starts again has nothing more to tell."""
    async with telling(tmp_path / "data", receiver) as system:
        await system.log.write(Transaction(outputs=[event_output(each) for each in blast()]))
        await receiver.wait_for(1)
        await system.drained()
    told = {each.headers["webhook-id"] for each in receiver.received}
    (opened,) = {each.json["data"]["alert_id"] for each in receiver.received}
    assert receiver.received[0].json["data"]["campaign_id"] == "blast"

    async with telling(tmp_path / "data", receiver) as system:
        await system.drained()
        with system.warehouse.connect() as client:
            alerts = client.execute("SELECT alert_id FROM outreach.alerts")
    assert alerts == [(opened,)]
    assert {each.headers["webhook-id"] for each in receiver.received} == told
