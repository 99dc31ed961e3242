"""An alert, from the messages that tipped a campaign to the socket of whoever is on call."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.system._blast import as_lines, blast_of_today
from tests.system._on_call import OnCall, alerts_file, on_call, only_alert
from tests.system.outreach import outreach
from tests.web._up import Up, up


@pytest.fixture
def somebody() -> Iterator[OnCall]:
    """Have somebody on call."""
    with on_call() as somebody:
        yield somebody


@contextmanager
def telling(folder: Path, port: int) -> Iterator[Up]:
    """Run a system that tells whoever is at this port."""
    with up(folder / "data", "--alerts", str(alerts_file(folder, port))) as system:
        yield system


def alerts_in(folder: Path) -> list[tuple[str, str]]:
    """Return the id and the campaign of each alert in the view."""
    query = "SELECT alert_id, campaign_id FROM alerts"
    asked = outreach("sql", query, "--data", folder / "data", "--format", "JSONCompactEachRow")
    assert asked.status == 0, asked.messages
    return [(alert, campaign) for alert, campaign in map(json.loads, asked.output.splitlines())]


def strike(system: Up) -> None:
    """Kill the system."""
    system.process.kill()
    system.process.communicate()


def settle(system: Up) -> None:
    """Wait until everything is processed and in the warehouse."""
    system.until(lambda: system.ask("/health").json["lag"] == 0)


def test_an_alert_convinces_whoever_is_on_call(tmp_path: Path, somebody: OnCall) -> None:
    """A file that is imported tips a campaign; the notice is signed, in words, with examples."""
    log = tmp_path / "today.jsonl"
    log.write_bytes(as_lines(blast_of_today()))
    with telling(tmp_path, somebody.port) as system:
        assert outreach("import", log, "--data", tmp_path / "data").status == 0
        told, *_ = somebody.told(1)
        pending = 'outreach_notices_pending{notifier="on-call"} 0.0\n'
        delivered = 'outreach_notices_total{notifier="on-call",outcome="delivered"}'
        system.until(lambda: delivered in system.get("/metrics").text)
        system.until(lambda: pending in system.get("/metrics").text)

    assert (told.type, told.content["campaign_id"]) == ("alert.opened", "blast")
    assert told.content["risk"] >= 60
    assert any("copies of one text" in sentence for sentence in told.content["evidence"])
    assert all(sentence.endswith(".") for sentence in told.content["evidence"])
    examples = told.content["examples"]
    assert len({example["creator_id"] for example in examples}) == 3
    assert all("luv ur content" in example["text"] for example in examples)


def test_messages_that_come_one_by_one_tip_a_campaign_too(tmp_path: Path, somebody: OnCall) -> None:
    """It needs no full minute and no later message: the last that comes is the one that tips it."""
    with telling(tmp_path, somebody.port) as system:
        for event in blast_of_today():
            assert system.post(as_lines([event])).status == 200
        only_alert(somebody.told(1))


def test_killed_before_anybody_was_told(tmp_path: Path, somebody: OnCall) -> None:
    """What came in is told by whoever goes on, once."""
    with telling(tmp_path, somebody.port) as system:
        assert system.post(as_lines(blast_of_today())).status == 200
        strike(system)
    with telling(tmp_path, somebody.port) as system:
        alert_id = only_alert(somebody.told(1))
        settle(system)
    assert alerts_in(tmp_path) == [(alert_id, "blast")]


def test_killed_while_it_waits_for_an_answer(tmp_path: Path, somebody: OnCall) -> None:
    """Nobody knows whether the notice was taken: it is told again, as the same."""
    somebody.keep_waiting()
    with telling(tmp_path, somebody.port) as system:
        assert system.post(as_lines(blast_of_today())).status == 200
        somebody.told(1)
        strike(system)
    with telling(tmp_path, somebody.port) as system:
        first, second, *more = somebody.told(2)
        assert (first.key, first.type) == (second.key, second.type)
        alert_id = only_alert([first, second, *more])
        settle(system)
    assert alerts_in(tmp_path) == [(alert_id, "blast")]


def test_killed_before_it_noted_the_answer(tmp_path: Path, somebody: OnCall) -> None:
    """The notice was taken, and nothing of that stands in the log: it is told again, as the same.

    Once noted it is not: a third start tells of nothing but what is new.
    """
    somebody.keep_waiting()
    with telling(tmp_path, somebody.port) as system:
        assert system.post(as_lines(blast_of_today())).status == 200
        somebody.told(1)
        os.kill(system.process.pid, signal.SIGSTOP)
        somebody.answer()
        strike(system)
    with telling(tmp_path, somebody.port) as system:
        first, second, *_ = somebody.told(2)
        assert (first.key, first.type) == (second.key, second.type)
        settle(system)
    before = somebody.told_of("blast")
    with telling(tmp_path, somebody.port) as system:
        assert system.post(as_lines(blast_of_today("next"))).status == 200
        somebody.told_of("next")
        settle(system)
    assert somebody.told_of("blast") == before
    assert {campaign: alert for alert, campaign in alerts_in(tmp_path)} == {
        campaign: only_alert(somebody.told_of(campaign)) for campaign in ("blast", "next")
    }


def test_nothing_is_lost_while_nobody_is_there(tmp_path: Path) -> None:
    """All is told when somebody is back, across a restart; what was refused is told as the same."""
    with on_call() as somebody:
        port = somebody.port
    with telling(tmp_path, port) as system:
        assert system.post(as_lines(blast_of_today("one"))).status == 200
        settle(system)
    with telling(tmp_path, port) as system:
        assert system.post(as_lines(blast_of_today("two"))).status == 200
        settle(system)
        with on_call(port) as somebody:
            somebody.refuse(1)
            (refused,) = somebody.told(1)
            again = somebody.told_of(refused.content["campaign_id"], 2)
            assert again[1].key == refused.key
            for campaign in ("one", "two"):
                only_alert(somebody.told_of(campaign))
