"""What a policy's limits are for a touch."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.events import AccountId, CampaignId, Platform, WorkspaceId
from pipeline.policy import DEFAULT_POLICY, Limits, Policy, Source
from tests.policy.samples import Loader, counts, limits, own_document, selections

HOUR = 3_600_000
DAY = 24 * HOUR
_SWITCHES = ("opted_out", "campaign_paused")
DEFAULTS = Limits(
    max_follow_ups=2,
    min_gap=72 * HOUR,
    max_pre_accept=None,
    account_daily_cap=50,
    campaign_daily_cap=None,
    quiet_hours=(21 * 60, 8 * 60),
    opted_out=True,
    recontact_gap=30 * DAY,
    creator_contact_cap=2,
    campaign_paused=True,
    pause_at=80,
)


@pytest.mark.parametrize(
    ("platform", "max_pre_accept", "account_daily_cap"),
    [
        (Platform.INSTAGRAM, 1, 50),
        (Platform.TIKTOK, 3, 50),
        (Platform.X, None, 500),
        (Platform.LINKEDIN, None, 50),
    ],
)
def test_the_shipped_defaults(
    platform: Platform, max_pre_accept: int | None, account_daily_cap: int
) -> None:
    """Without a file, each platform has the limits that the product promises."""
    expected = msgspec.structs.replace(
        DEFAULTS, max_pre_accept=max_pre_accept, account_daily_cap=account_daily_cap
    )
    assert limits(DEFAULT_POLICY, platform=platform) == expected


def test_every_shipped_setting_carries_its_source() -> None:
    """Each default says where it comes from, in a note that is not empty."""
    settings = [
        setting
        for scope in DEFAULT_POLICY.defaults.scopes()
        for setting in scope.settings().values()
    ]
    assert {setting.source for setting in settings} == set(Source)
    assert all("source" in setting.model_fields_set and setting.note for setting in settings)


def test_a_file_need_only_name_what_it_changes(policy_of: Loader) -> None:
    """What a file leaves out stays as shipped; an empty file changes nothing."""
    changed = policy_of("[rules]\nmax_follow_ups = 1")
    assert limits(changed) == msgspec.structs.replace(limits(DEFAULT_POLICY), max_follow_ups=1)
    assert policy_of("") == DEFAULT_POLICY


def test_every_setting_can_be_given_and_switched_off(policy_of: Loader) -> None:
    """A value is written bare or with its source, and "off" ends its rule."""
    given = policy_of(
        """
        [rules]
        max_follow_ups = { value = 0, source = "house", note = "one message each" }
        min_gap = "1d 12h"
        max_pre_accept = 5
        account_daily_cap = { value = 80 }
        campaign_daily_cap = 1000
        quiet_hours = "12:30-13:00"
        opted_out = "on"
        recontact_gap = "90m"
        creator_contact_cap = 7
        campaign_paused = true
        pause_at = 95
        """
    )
    assert limits(given) == Limits(
        max_follow_ups=0,
        min_gap=36 * HOUR,
        max_pre_accept=5,
        account_daily_cap=80,
        campaign_daily_cap=1000,
        quiet_hours=(750, 780),
        opted_out=True,
        recontact_gap=90 * 60_000,
        creator_contact_cap=7,
        campaign_paused=True,
        pause_at=95,
    )
    fields = Limits.__struct_fields__
    off = policy_of("[rules]\n" + "\n".join(f'{field} = "off"' for field in fields))
    assert limits(off) == Limits(**dict.fromkeys(fields) | dict.fromkeys(_SWITCHES, False))  # type: ignore[arg-type] # keys and values of every type


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("21:00-08:00", (1260, 480)), ("00:00 - 06:30", (0, 390)), ("20:00-24:00", (1200, 0))],
)
def test_quiet_hours_may_cross_midnight(
    policy_of: Loader, text: str, minutes: tuple[int, int]
) -> None:
    """Both ends are minutes of the day, and 24:00 is the next day's 00:00."""
    assert limits(policy_of(f'[rules]\nquiet_hours = "{text}"')).quiet_hours == minutes


def test_all_selectors_of_an_override_must_match(policy_of: Loader) -> None:
    """An override concerns only the touches that match everything it names."""
    policy = policy_of(
        """
        [[override]]
        workspace = "northfold"
        platform = "tiktok"
        account = "brand"
        campaign = "spring"
        account_daily_cap = 7
        """
    )
    exact = {"platform": Platform.TIKTOK}
    assert limits(policy, **exact).account_daily_cap == 7
    others: list[dict[str, Any]] = [
        {"workspace": "other"},
        {"platform": Platform.X},
        {"account": "other"},
        {"campaign": ""},
    ]
    for other in others:
        changed = exact | other
        assert limits(policy, **changed) == limits(DEFAULT_POLICY, **changed)


def test_a_rule_for_everyone_goes_over_the_shipped_platforms(policy_of: Loader) -> None:
    """What an agency sets under [rules] holds on every platform, before its own overrides."""
    policy = policy_of(
        """
        [[override]]
        platform = "x"
        account_daily_cap = 100
        [rules]
        account_daily_cap = 30
        """
    )
    caps = {p: limits(policy, platform=p).account_daily_cap for p in Platform}
    assert caps == {p: 100 if p is Platform.X else 30 for p in Platform}


overrides = st.lists(
    st.tuples(
        selections,
        st.dictionaries(
            st.sampled_from(["max_follow_ups", "max_pre_accept", "creator_contact_cap"]),
            counts,
            min_size=1,
        ),
    ).map(lambda both: both[0] | both[1]),
    max_size=6,
)
names = st.sampled_from(["a", "b", "c"])


@given(overrides, names, st.sampled_from(Platform), names, names)
def test_later_overrides_win(
    entries: list[dict[str, Any]], workspace: str, platform: Platform, account: str, campaign: str
) -> None:
    """Of all overrides that match, the last that sets a key decides it."""
    policy = Policy.from_document(own_document({"override": entries}))
    touch = {"workspace": workspace, "platform": platform, "account": account, "campaign": campaign}
    found = limits(policy, workspace, platform, account, campaign)
    expected = limits(DEFAULT_POLICY, platform=platform)
    for entry in entries:
        if all(entry.get(key, name) == name for key, name in touch.items()):
            settings = {key: value for key, value in entry.items() if key not in touch}
            expected = msgspec.structs.replace(expected, **settings)
    assert found == expected
    assert found is limits(policy, workspace, platform, account, campaign)


def test_a_campaign_is_paused_at_one_risk(policy_of: Loader) -> None:
    """The workspace and the campaign say at which; what a platform is limited to says nothing."""
    policy = policy_of(
        """
        [[override]]
        platform = "x"
        account_daily_cap = 1
        [[override]]
        workspace = "northfold"
        pause_at = "off"
        [[override]]
        campaign = "spring"
        pause_at = 95
        """
    )
    asked = [("other", "autumn"), ("northfold", "autumn"), ("northfold", "spring")]
    found = [policy.pause_at(WorkspaceId(each), CampaignId(campaign)) for each, campaign in asked]
    assert found == [80, None, 95]


def test_an_account_has_its_own_time_zone(policy_of: Loader) -> None:
    """The entry of the workspace goes before the one for every workspace."""
    policy = policy_of(
        """
        [[account]]
        workspace = "northfold"
        platform = "x"
        account = "brand"
        timezone = "Europe/Berlin"
        [[account]]
        platform = "x"
        account = "brand"
        timezone = "Asia/Tokyo"
        """
    )
    zones = [
        policy.account_timezone(WorkspaceId(workspace), platform, AccountId(account))
        for workspace, platform, account in [
            ("northfold", Platform.X, "brand"),
            ("other", Platform.X, "brand"),
            ("northfold", Platform.X, "another"),
            ("northfold", Platform.TIKTOK, "brand"),
        ]
    ]
    assert zones == ["Europe/Berlin", "Asia/Tokyo", None, None]


def test_a_policy_knows_from_when_it_is_in_force(policy_of: Loader) -> None:
    """`effective_from` is kept as a moment, rounded down to the millisecond."""
    assert DEFAULT_POLICY.effective_from is None
    policy = policy_of("effective_from = 2026-03-01T13:00:00.000999+01:00")
    assert policy.effective_from == 1_772_366_400_000
