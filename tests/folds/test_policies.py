from __future__ import annotations

from dataclasses import replace

from pipeline.accounts import AccountChanges, PolicyInForce
from tests.folds._drawn import parsed
from tests.folds._policies import Override, Policy
from tests.folds._story import arrived, breaking, policy
from tests.folds._system import System
from tests.reference import model
from tests.reference._story import NOON, reply, touch
from tests.reference.model import DAY, HOUR

LINKEDIN = model.default_limits("", "linkedin", "", "")


def zoned(zone: str, account: str = "a1", platform: str = "linkedin") -> PolicyInForce:
    """Return a policy with the defaults, and a time zone of one account."""
    return Policy(LINKEDIN, zones={(platform, account): zone}).in_force("one")


def test_the_zone_of_the_account_comes_from_the_policy() -> None:
    """It counts where no touch gave one, for the account that it names and for nobody else."""
    story = [touch("m1", NOON), touch("k1", NOON, account_id="a2")]
    assert breaking("quiet_hours", *story) == set()
    assert breaking("quiet_hours", *story, zoned("Asia/Tokyo")) == {"m1"}
    assert breaking("quiet_hours", *story, zoned("Asia/Tokyo", platform="x")) == set()
    given = [touch("m1", NOON, creator_timezone="Europe/Berlin")]
    assert breaking("quiet_hours", *given, zoned("Asia/Tokyo")) == set()


def test_a_touch_is_judged_by_the_policy_of_its_moment() -> None:
    """Each is in force from its own moment to before the next, and the first before it, too."""
    moment = NOON + 10 * DAY
    strict = policy("a", NOON + DAY, max_follow_ups=0)
    loose = policy("b", moment, max_follow_ups=9)
    follow_ups = [touch(f"m{n}", NOON + n * HOUR) for n in range(2)]
    last = [touch("m2", moment - 1), touch("m3", moment)]
    assert breaking("follow_up_limit", *follow_ups, *last, strict, loose) == {"m1", "m2"}


def test_a_policy_may_reach_back() -> None:
    """A retroactive policy makes violations of what was right, and right of what was none."""
    story = [touch(f"m{n}", NOON + n * HOUR) for n in range(4)]
    assert breaking("follow_up_limit", *story) == {"m3"}
    back = policy("a", NOON + 2 * HOUR, max_follow_ups=0, min_gap=None)
    before = policy("b", None, max_follow_ups=None, min_gap=HOUR)
    assert breaking("follow_up_limit", *story, back, before) == {"m2", "m3"}
    assert breaking("min_gap", *story, back, before) == set()
    assert breaking("min_gap", *story, before) == set()
    assert breaking("min_gap", *story, policy("b", None, min_gap=HOUR + 1)) == {"m1", "m2", "m3"}


def test_a_policy_that_withdraws_violations_leaves_none_behind() -> None:
    """Every rule can be switched off for touches that broke it."""
    story = [
        touch("m0", NOON - 10 * HOUR, platform="instagram"),
        touch("m1", NOON, platform="instagram"),
        touch("m2", NOON + 1, platform="instagram"),
        touch("m3", NOON + 2, platform="instagram"),
        touch("n1", NOON + 3, platform="instagram", campaign_id="autumn"),
        touch("g1", NOON + 4, platform="instagram", campaign_id="gala"),
        reply("r1", NOON + 5, platform="instagram", body="Please stop messaging me."),
        touch("m4", NOON + 6, platform="instagram"),
    ]
    broken = {key[4] for key in arrived(*story).violations}
    assert broken == {
        "follow_up_limit",
        "min_gap",
        "pre_accept_limit",
        "quiet_hours",
        "opted_out",
        "recontact_gap",
        "creator_contact_cap",
    }
    off = model.Limits(
        max_follow_ups=None,
        min_gap=None,
        quiet_hours=None,
        opted_out=False,
        recontact_gap=None,
        creator_contact_cap=None,
    )
    assert arrived(*story, Policy(off).in_force("one")).violations == set()


def test_a_policy_that_is_known_changes_nothing() -> None:
    """Its id tells it: loaded again, alone or beside others, it is the same one."""
    system = System()
    system.events([parsed(touch("m1", NOON)), parsed(touch("m2", NOON + HOUR))])
    first = policy("one", max_follow_ups=0)
    assert system.policy(first).violations
    before = system.state()
    assert system.policy(first) == AccountChanges.none()
    assert system.policy(first, first) == AccountChanges.none()
    assert system.state() == before


def test_an_equal_policy_of_another_id_changes_no_touch() -> None:
    """It is remembered, since it may be in force later than the first one."""
    system = System()
    system.policy(policy("one", max_follow_ups=0))
    system.events([parsed(touch("m1", NOON)), parsed(touch("m2", NOON + HOUR))])
    before = system.result()
    changes = system.policy(policy("two", NOON, max_follow_ups=0))
    assert changes.touches == {}
    assert (changes.contacts, changes.campaigns, changes.opt_outs) == ({}, {}, {})
    assert system.result() == before


def test_several_policies_may_come_in_one_batch() -> None:
    """Together they do what they do one after the other."""
    both, apart = System(), System()
    policies = [policy("b", NOON + 1, max_follow_ups=0), policy("a", NOON, max_follow_ups=1)]
    for system in (both, apart):
        system.events([parsed(touch(f"m{n}", NOON + n)) for n in range(3)])
    both.policy(*policies)
    for each in policies:
        apart.policy(each)
    assert both.result() == apart.result()
    assert both.state() == apart.state()


def test_of_policies_that_begin_at_once_the_greatest_id_counts() -> None:
    """Whichever of them came last."""
    story = [touch("m1", NOON), touch("m2", NOON + 72 * HOUR)]
    strict, loose = policy("a", max_follow_ups=0), policy("b", max_follow_ups=1)
    assert breaking("follow_up_limit", *story, strict, loose) == set()


def test_a_policy_rewrites_no_touch() -> None:
    """Steps, phases, credits and rates owe nothing to limits."""
    system = System()
    system.events([parsed(touch("m1", NOON)), parsed(reply("r1", NOON + 1))])
    changes = system.policy(policy("one", max_follow_ups=0, account_daily_cap=0))
    assert (changes.touches, changes.replies, changes.response_cells, changes.step_cells) == (
        {},
        {},
        {},
        {},
    )
    assert changes.violations


def test_a_first_cap_tells_campaigns_of_all_that_was_sent() -> None:
    """Touches that came before any campaign had a cap are counted, too, and forgotten without one.

    A policy of the same moment and a greater id takes its place as if it had never been.
    """
    system = System()
    system.events([parsed(touch("m1", NOON)), parsed(touch("k1", NOON + 1, creator_id="c2"))])
    limits = replace(LINKEDIN, account_daily_cap=None)
    override = Override({"campaign_daily_cap": 1}, campaign="spring")
    capped = system.policy(Policy(limits, (override,)).in_force("a"))
    assert [touched is None for touched in capped.campaigns.values()] == [False, False]
    assert [key[3:] for key in system.result().violations] == [("k1", "campaign_daily_cap")]
    freed = system.policy(Policy(limits).in_force("b"))
    assert [touched is None for touched in freed.campaigns.values()] == [True, True]
    assert system.result().violations == set()


def test_another_cap_is_told_to_campaigns() -> None:
    """The touches are the same; what binds them is not."""
    story = [touch("m1", NOON), touch("k1", NOON + 1, creator_id="c2")]
    loose, strict = policy("a", campaign_daily_cap=2), policy("b", campaign_daily_cap=1)
    assert breaking("campaign_daily_cap", *story, loose) == set()
    assert breaking("campaign_daily_cap", *story, loose, strict) == {"k1"}
