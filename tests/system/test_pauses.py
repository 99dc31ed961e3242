"""Pauses, from the command line and from a campaign's own risk to the views."""

from __future__ import annotations

import json
import time
from pathlib import Path

from tests.reference._story import touch
from tests.system._blast import as_lines, blast_of_today
from tests.system._paused import HOUR, sent_while_paused, touches
from tests.system.outreach import outreach, run
from tests.web._up import Up, up


def is_paused(data: Path, campaign_id: str = "blast") -> bool:
    """Return what the view of risks says."""
    question = f"SELECT paused FROM campaign_risk WHERE campaign_id = '{campaign_id}'"
    asked = outreach("sql", question, "--data", data, "--format", "TabSeparated")
    assert asked.status == 0, asked.said
    return asked.output.split() == ["true"]


def settle(system: Up) -> None:
    """Wait until everything is processed and in the warehouse."""
    system.until(lambda: system.ask("/health").json["lag"] == 0)


def test_a_risky_campaign_pauses_itself_and_a_person_lets_it_go_on(tmp_path: Path) -> None:
    """What is sent in its name after that breaks the rule; a resumption holds, and in a rebuild."""
    data = tmp_path / "data"
    soon = [
        touch(
            f"late{number}",
            time.time_ns() // 1_000_000 + HOUR,
            creator_id=f"late{number}",
            campaign_id="blast",
        )
        for number in range(2)
    ]
    with up(data) as system:
        assert system.post(as_lines(blast_of_today())).status == 200
        system.until(lambda: is_paused(data))
        assert system.post(as_lines(soon)).status == 200
        system.until(lambda: sent_while_paused(data) == ["late0", "late1"])
        settle(system)
        alert = outreach("sql", "SELECT paused FROM alerts", "--data", data, "--format", "CSV")
        assert alert.output.split() == ["true"]

        assert outreach("resume", "blast", "--data", data).status == 0
        system.until(lambda: sent_while_paused(data) == [])
        system.until(lambda: not is_paused(data))
        assert system.post(as_lines(blast_of_today()[-1:])).status == 200
        settle(system)
        assert not is_paused(data)

    assert outreach("rebuild", "--data", data).status == 0
    assert not is_paused(data)
    assert sent_while_paused(data) == []


def test_a_policy_leaves_pauses_to_people(tmp_path: Path) -> None:
    """However high the risk is."""
    data, log, policy = (tmp_path / name for name in ("data", "log.jsonl", "policy.toml"))
    log.write_bytes(as_lines(blast_of_today()))
    policy.write_text('[rules]\npause_at = "off"\n')
    assert run(data, log, policy=policy).status == 0
    assert not is_paused(data)
    decided = outreach("pause", "blast", "--data", data, "--json")
    assert json.loads(decided.output)["paused"] is True
    assert is_paused(data)


def test_a_pause_of_before_a_message_came_is_as_good(tmp_path: Path) -> None:
    """Its message comes by a later file, and is judged by what was decided then."""
    data, first, second = (tmp_path / name for name in ("data", "first.jsonl", "second.jsonl"))
    first.write_bytes(touches("first", -1))
    second.write_bytes(touches("second", 1) + touches("old", -2))
    assert run(data, first).status == 0
    assert outreach("pause", "spring", "--data", data).status == 0
    assert sent_while_paused(data) == []
    assert run(data, second).status == 0
    assert sent_while_paused(data) == ["second0", "second1"]
