from __future__ import annotations

import asyncio
import random
from pathlib import Path

from agents import outreach_app
from pipeline.embedded import DataDirectory, Settings, running_system
from pipeline.events import Milliseconds
from pipeline.importer import import_file
from pipeline.ingest import find_sources
from tests.reference.model import DAY, HOUR, Event
from tests.reference.strategies import to_json_line
from tests.system._apart import apart_from_all
from tests.system.outreach import views_of

BEGIN = 1_767_225_600_000
MINUTE = 60_000
SMALL_PIECES = Settings(batch_records=20, insert_seconds=0.2)
"""So that a piece seldom holds openers and follow-ups of the same days."""
REMINDERS = [
    "Just bringing this back up, in case it got buried under everything else.",
    "Checking in once more about my note of last week; would you like to hear more?",
]


def test_what_is_half_there_opens_no_alert(tmp_path: Path) -> None:
    """Follow-ups come by another topic than their openers; alone, they would be copies of one text.

    The campaign writes to each creator in words of their own, and reminds those who do not answer.
    """
    log, data = tmp_path / "log.jsonl", tmp_path / "data"
    log.write_text("".join(f"{to_json_line(event)}\n" for event in a_careful_month()))

    apart_from_all(load, data, log)

    views = views_of(data)
    assert len(views["touches"]) == 1_200
    assert views["alerts"] == []
    assert [row["paused"] for row in views["campaign_risk"]] == [False]


async def load(data: Path, log: Path) -> None:
    """Load a file in small pieces, and process it to the end."""
    async with running_system(DataDirectory(data), outreach_app, SMALL_PIECES) as system:
        for source in find_sources([str(log)]):
            await asyncio.to_thread(list, import_file(system.log, source, Milliseconds(0)))
        await system.drained()


def a_careful_month() -> list[Event]:
    """Return the events of 900 creators, a third of whom do not answer, in the order of time."""
    events = []
    for number in range(900):
        at = BEGIN + number // 75 * DAY + 9 * HOUR + number % 75 * 8 * MINUTE
        events.append(a_touch("dm_sent", number, at, personal(number)))
        if number % 3 == 0:
            events.append(a_touch("follow_up", number, at + 4 * DAY, REMINDERS[number % 2]))
    return sorted(events, key=lambda event: event.occurred_at)


def a_touch(kind: str, number: int, at: int, body: str) -> Event:
    """Return a touch of the campaign by one of its six accounts."""
    return Event(
        type=kind,
        event_id=f"{kind} {number}",
        workspace="default",
        occurred_at=at,
        campaign_id="careful",
        platform="instagram",
        account_id=f"account {number % 6}",
        creator_id=f"creator {number}",
        creator_accepted=True,
        message_id=f"{kind} {number}",
        body=body,
    )


def personal(number: int) -> str:
    """Return a text of which nobody else gets a part."""
    words = random.Random(number)
    own = ("".join(words.choices("abcdefghiklmnoprstu", k=7)) for _ in range(25))
    return f"Your film of {' '.join(own)} stayed with me. We are Northfold and make blankets."
