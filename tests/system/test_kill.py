from __future__ import annotations

import random
import time
from collections.abc import Sequence
from pathlib import Path

from tests.system._dense_log import dense_log
from tests.system._expected import comparable, derived, expected_views
from tests.system._log_files import shuffled, write_files
from tests.system.outreach import Views, ended_within, outreach, outreach_afresh, views_of

LOG = dense_log(seed=99, events=1_200)
KILLS = 20
BAD_LINES = b'{"type": "reply"}\nno JSON\n\xff\n'
SEEN = "3 bad lines are in the dead letters; see `outreach dead-letters list`."


def test_twenty_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    """Killed while it starts, reads, works, writes and stops, it ends as if nothing had been."""
    files = a_log_with_bad_lines(tmp_path / "log")
    undisturbed, duration = in_peace(tmp_path / "undisturbed", files)

    kills, chance = 0, random.Random(20)
    while kills < KILLS:
        data = tmp_path / f"after {kills} kills"
        loading: list[str | Path] = ["run", *files, "--data", data]
        while kills < KILLS and not ended_within(chance.uniform(0, duration), *loading):
            kills += 1
        ended = outreach(*loading)
        # So does a command end that Python ends for an error, but with other words.
        assert (ended.status, ended.said.endswith(SEEN)) == (1, True), ended.messages
        assert rows_of(data) == undisturbed

    assert comparable(undisturbed) == expected_views(LOG)
    assert len(undisturbed["dead_letters"]) == 3


def a_log_with_bad_lines(folder: Path) -> list[Path]:
    """Write a log into a large file and small ones, and one of lines that are no events."""
    folder.mkdir()
    events = shuffled(LOG, 1)
    large = write_files(folder / "large", events[:1_100], 1)
    bad = folder / "bad.jsonl"
    bad.write_bytes(BAD_LINES)
    return [*large, bad, *write_files(folder / "small", events[1_100:], 5)]


def in_peace(data: Path, files: Sequence[Path]) -> tuple[Views, float]:
    """Load files without a kill; return what is there then, and how many seconds it took."""
    began = time.monotonic()
    assert outreach_afresh("run", *files, "--data", data).status == 1
    duration = time.monotonic() - began
    return rows_of(data), duration


def rows_of(data: Path) -> Views:
    """Return the views without what may differ: when a bad line was read, and alerts."""
    views = derived(views_of(data))
    for letter in views["dead_letters"]:
        del letter["at"]
    return views
