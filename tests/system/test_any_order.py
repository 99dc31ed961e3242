from __future__ import annotations

from pathlib import Path

from pipeline.risk import DEFAULT_ALERT_SETTINGS
from tests.reference import model
from tests.system._blast import BLAST
from tests.system._dense_log import dense_log
from tests.system._expected import comparable, derived, expected_views, rules_broken
from tests.system._log_files import shuffled, write_files
from tests.system.outreach import run, views_of

LOG = [*dense_log(seed=2026, events=2_400), *BLAST]


def test_any_order_gives_the_same_rows(tmp_path: Path) -> None:
    """By time in one file, shuffled in nine, over three runs: all as the reference says."""
    by_time = sorted(LOG, key=lambda event: event.order)
    run(tmp_path / "one", *write_files(tmp_path / "by time", by_time, 1))
    run(tmp_path / "two", *write_files(tmp_path / "shuffled", shuffled(LOG, 1), 9))
    for file in write_files(tmp_path / "shuffled again", shuffled(LOG, 2), 3):
        run(tmp_path / "three", file)

    views = [views_of(tmp_path / name) for name in ("one", "two", "three")]
    first, second, third = map(derived, views)

    assert first == second == third
    assert comparable(first) == expected_views(LOG)
    assert rules_broken(first) == set(model.RULES) - {"campaign_daily_cap"}
    assert all(row["detail"] for row in first["violations"])
    assert first["dead_letters"] == []
    assert {row["signal"] for row in first["signals"]} >= {"no_content_reference"}
    risks = {row["campaign_id"]: row["risk"] for row in first["campaign_risk"]}
    assert risks["blast"] >= DEFAULT_ALERT_SETTINGS.alert_at
    # What else people were told of hangs on what was known by then.
    assert all("blast" in {row["campaign_id"] for row in each["alerts"]} for each in views)
