from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path

from tests.folds._policies import Override, Policy
from tests.reference import model
from tests.system._dense_log import START, dense_log
from tests.system._expected import by_policies, comparable, expected_views, rules_broken
from tests.system._log_files import shuffled, write_files
from tests.system._policy_file import SHIPPED, write_policy
from tests.system.outreach import run, views_of

LOG = dense_log(seed=7, events=1_500)
STRICT = Policy(
    model.Limits(
        max_follow_ups=1,
        min_gap=30 * model.HOUR,
        max_pre_accept=2,
        account_daily_cap=3,
        campaign_daily_cap=4,
        quiet_hours=(time(20, 30), time(9)),
        recontact_gap=12 * model.DAY,
        creator_contact_cap=1,
    ),
    overrides=(
        Override({"account_daily_cap": 1, "min_gap": None}, platform="tiktok"),
        Override({"campaign_daily_cap": 1}, campaign="gala"),
        Override({"campaign_daily_cap": None, "opted_out": False}, workspace="north"),
        Override({"quiet_hours": (time(2), time(3, 30))}, platform="x", account="a2"),
        Override({"max_pre_accept": 0, "creator_contact_cap": 0}, campaign="spring", account="a1"),
    ),
    zones={("instagram", "a1"): "Asia/Kathmandu", ("linkedin", "a3"): "America/New_York"},
)
MIDDLE = START + 20 * model.DAY
PAST, FUTURE = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) * 1000 for year in (2000, 2250))


def test_a_strict_policy_is_applied_cell_by_cell(tmp_path: Path) -> None:
    """Low caps and overrides for some make every rule fire, where the reference says so."""
    policy = write_policy(tmp_path / "strict.toml", STRICT)
    run(tmp_path / "data", *write_files(tmp_path / "log", shuffled(LOG, 3), 4), policy=policy)

    views = views_of(tmp_path / "data")

    assert comparable(views) == expected_views(LOG, by_policies(STRICT))
    assert rules_broken(views) == set(model.RULES)


def test_a_policy_that_reaches_back_judges_what_was_there(tmp_path: Path) -> None:
    """Loaded by a second run, it judges the touches since its day, and no earlier ones."""
    first, second = write_files(tmp_path / "log", shuffled(LOG, 4), 2)
    reaching_back = replace(STRICT, effective_from=MIDDLE)
    run(tmp_path / "data", first)
    run(tmp_path / "data", second, policy=write_policy(tmp_path / "strict.toml", reaching_back))

    views = views_of(tmp_path / "data")

    assert comparable(views) == expected_views(LOG, by_policies(SHIPPED, reaching_back))


def test_a_policy_without_a_day_holds_from_when_it_is_loaded(tmp_path: Path) -> None:
    """A second policy leaves the past as it was judged, and judges what comes after it."""
    log = [
        moved(event, FUTURE if event.occurred_at >= MIDDLE else PAST) for event in shuffled(LOG, 5)
    ]
    first, second = write_files(tmp_path / "log", log, 2)
    run(tmp_path / "data", first)
    run(tmp_path / "data", second, policy=write_policy(tmp_path / "strict.toml", STRICT))

    views = views_of(tmp_path / "data")

    from_now_on = replace(STRICT, effective_from=FUTURE)
    assert comparable(views) == expected_views(log, by_policies(SHIPPED, from_now_on))


def moved(event: model.Event, start: int) -> model.Event:
    """Return an event of a log that starts at another time."""
    return replace(event, occurred_at=event.occurred_at - START + start)
