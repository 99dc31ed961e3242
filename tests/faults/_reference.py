"""A log, and what comes of it without a fault."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

from examples.agency_quarter import generate, line
from tests.faults._embedded import EmbeddedSystem
from tests.faults._load import Load
from tests.system.outreach import Views

_BAD_LINES = ('{"type": "reply"}\n', "no JSON\n", "[]\n")
_POLICY = """
[rules]
campaign_daily_cap = 5
creator_contact_cap = 1
"""
"""Caps so low that every agent has something to find."""
_RULES = {"campaign_daily_cap", "creator_contact_cap", "min_gap"}
"""One that each of the agents finds."""
_PIECES = 8
_COMMITS = 100
"""About so many batches does the input have, however large it is."""


@dataclass(frozen=True)
class Reference:
    """What every drill of one seed and size is compared with."""

    load: Load
    events: int
    """How many the log has, apart from lines that are none."""
    acknowledged: int
    """About how many records agents commit until all is done: it depends on how they are cut."""
    views: Views


def reference(folder: Path, seed: int, events: int) -> Reference:
    """Make a log, load it into an embedded system without a fault, and return what is there."""
    policy = folder / "policy.toml"
    lines = [line(event) for event in generate(seed, events)]
    chance = Random(seed)
    for bad in _BAD_LINES:
        lines.insert(chance.randrange(len(lines)), bad)
    size = -(-len(lines) // _PIECES)
    pieces = [folder / f"{number}.jsonl" for number in range(_PIECES)]
    for number, piece in enumerate(pieces):
        some = lines[number * size : (number + 1) * size]
        piece.write_text("".join(some), encoding="utf-8")
    policy.write_text(_POLICY, encoding="utf-8")
    load = Load(pieces, policy, max(20, events // _COMMITS), max(100, events // 10))
    system = EmbeddedSystem(folder / "without a fault", load)
    found = system.finished()
    empty = [view for view, rows in found.views.items() if not rows]
    assert not empty, f"nothing in {empty}: what is lost there would not be missed"
    rules = {row["rule"] for row in found.views["violations"]}
    assert rules >= _RULES, f"no violation of {_RULES - rules}: some agent finds nothing"
    return Reference(load, events, system.acknowledged, found.views)
