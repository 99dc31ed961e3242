from __future__ import annotations

import msgspec

from pipeline.events import Milliseconds
from pipeline.pauses import Decided, Decision, PausedBy

NOON = Milliseconds(1_767_225_600_000)


def test_a_decision_becomes_a_fact_of_its_moment() -> None:
    """Made again at the same moment it is the same one; its opposite is another."""
    decision = Decision("spring", paused=True, name="Tess", reasons=("copies",))
    pause = decision.made_at(NOON)
    assert (pause.workspace, pause.campaign_id, pause.at) == ("default", "spring", NOON)
    assert (pause.paused, pause.by, pause.who) == (True, PausedBy.PERSON, "Tess")
    assert decision.made_at(NOON) == pause
    opposite = Decision("spring", paused=False)
    others = [decision.made_at(Milliseconds(NOON + 1)), opposite.made_at(NOON)]
    assert pause.pause_id not in {other.pause_id for other in others}


def test_programs_read_it_by_name() -> None:
    """Whatever the order of its fields."""
    pause = Decision("spring", paused=False).made_at(NOON)
    told = msgspec.json.decode(msgspec.json.encode(Decided.of(pause)))
    assert told == {
        "pause_id": pause.pause_id,
        "workspace": "default",
        "campaign_id": "spring",
        "paused": False,
        "at": NOON,
        "by": "person",
        "name": "",
        "reasons": [],
    }
