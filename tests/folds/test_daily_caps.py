from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.accounts import PolicyInForce
from pipeline.campaigns import Campaign, CampaignTouch, CampaignUpdate, fold_campaigns
from pipeline.caps import affected, touches_in_day_before
from pipeline.conversation import Phase
from pipeline.events import (
    AccountId,
    CampaignId,
    CreatorId,
    EventId,
    MessageId,
    Milliseconds,
    Platform,
    WorkspaceId,
)
from tests.folds._drawn import parsed
from tests.folds._policies import Override, Policy
from tests.folds._story import breaking, policy
from tests.folds._system import MemoryState, System
from tests.reference import model
from tests.reference._story import NOON, reply, touch
from tests.reference.model import DAY, HOUR

ACCOUNT_CAPS = [policy(account_daily_cap=cap) for cap in (0, 1, 2)]
CAMPAIGN_CAPS = [policy(campaign_daily_cap=cap) for cap in (0, 1, 2)]


def test_a_touch_of_exactly_a_day_ago_no_longer_counts() -> None:
    """The window of both caps is open at its far end, wherever midnight lies."""
    for rule, one in (("account_daily_cap", ACCOUNT_CAPS), ("campaign_daily_cap", CAMPAIGN_CAPS)):
        for start in (NOON, NOON + 12 * HOUR, NOON - 12 * HOUR - 1):
            first = touch("m1", start)
            exactly = touch("k1", start + DAY, creator_id="c2")
            sooner = touch("k1", start + DAY - 1, creator_id="c2")
            assert breaking(rule, one[1], first, exactly) == set()
            assert breaking(rule, one[1], first, sooner) == {"k1"}


def test_a_late_touch_makes_a_later_one_too_many() -> None:
    """The touch that came late keeps the cap, and one of the next day breaks it."""
    story = [touch("m1", NOON), touch("l1", NOON + DAY - 1, creator_id="c3")]
    late = touch("k1", NOON + 1, creator_id="c2")
    for rule, caps in (("account_daily_cap", ACCOUNT_CAPS), ("campaign_daily_cap", CAMPAIGN_CAPS)):
        assert breaking(rule, caps[2], *story) == set()
        assert breaking(rule, caps[2], *story, late) == {"l1"}


def test_a_touch_that_moves_away_frees_those_after_it() -> None:
    """A smaller event says that it was sent days before."""
    story = [touch("m1", NOON), touch("k1", NOON + DAY - 1, creator_id="c2")]
    moves = touch("m1", NOON - 3 * DAY)
    for rule, caps in (("account_daily_cap", ACCOUNT_CAPS), ("campaign_daily_cap", CAMPAIGN_CAPS)):
        assert breaking(rule, caps[1], *story) == {"k1"}
        assert breaking(rule, caps[1], *story, moves) == set()


def test_a_violation_follows_its_touch_to_another_day() -> None:
    """One too many where it was, one too many where it is: it stays a violation."""
    story = [
        touch("j1", NOON - 3 * DAY, creator_id="c3"),
        touch("m1", NOON),
        touch("k1", NOON + 1, creator_id="c2"),
    ]
    moves = touch("k1", NOON - 3 * DAY + 1, creator_id="c2")
    for rule, caps in (("account_daily_cap", ACCOUNT_CAPS), ("campaign_daily_cap", CAMPAIGN_CAPS)):
        assert breaking(rule, caps[1], *story) == {"k1"}
        assert breaking(rule, caps[1], *story, moves) == {"k1"}
        elsewhere = touch("k1", NOON - 9 * DAY, creator_id="c2")
        assert breaking(rule, caps[1], *story, elsewhere) == set()


def test_touches_of_one_moment_count_by_their_event_ids() -> None:
    """Of three at once the one with the greatest id is one too many for a cap of two."""
    story = [
        touch("m1", NOON, event_id="9"),
        touch("m2", NOON, event_id="10", creator_id="c2"),
        touch("m3", NOON, event_id="B", creator_id="c3"),
    ]
    assert breaking("account_daily_cap", ACCOUNT_CAPS[2], *story) == {"m3"}
    assert breaking("account_daily_cap", ACCOUNT_CAPS[1], *story) == {"m1", "m3"}
    assert breaking("account_daily_cap", ACCOUNT_CAPS[0], *story) == {"m1", "m2", "m3"}


def test_campaigns_count_over_accounts_and_platforms() -> None:
    """At one moment and event id the account id, and then the platform, decides."""
    story = [
        touch("m1", NOON, event_id="e", account_id="a2", platform="x"),
        touch("k1", NOON, event_id="e", account_id="a2", platform="linkedin", creator_id="c2"),
        touch("l1", NOON, event_id="e", account_id="a10", platform="x", creator_id="c3"),
        touch("w1", NOON, event_id="e", workspace="north"),
        touch("n1", NOON, event_id="f", campaign_id="autumn", creator_id="c4"),
    ]
    assert breaking("campaign_daily_cap", CAMPAIGN_CAPS[1], *story) == {"m1", "k1"}
    assert breaking("campaign_daily_cap", CAMPAIGN_CAPS[2], *story) == {"m1"}


def test_the_conversation_phase_counts_in_both_caps() -> None:
    """They bind both phases; a reply is no touch."""
    story = [touch("m1", NOON), reply("r1", NOON + 1), touch("m2", NOON + 2)]
    assert breaking("account_daily_cap", ACCOUNT_CAPS[1], *story) == {"m2"}
    assert breaking("campaign_daily_cap", CAMPAIGN_CAPS[1], *story) == {"m2"}


def test_a_touch_counts_for_the_campaign_that_it_inherits() -> None:
    """A late touch of another campaign takes the touches after it along."""
    story = [touch("m1", NOON), touch("m3", NOON + 2, campaign_id=None)]
    late = touch("n1", NOON + 1, campaign_id="autumn")
    assert breaking("campaign_daily_cap", CAMPAIGN_CAPS[1], *story) == {"m3"}
    assert breaking("campaign_daily_cap", CAMPAIGN_CAPS[1], *story, late) == {"m3"}
    apart = touch("n2", NOON + 3, campaign_id="autumn", creator_id="c2")
    assert breaking("campaign_daily_cap", CAMPAIGN_CAPS[2], *story, late, apart) == {"n2"}


def overriding(cap: int | None, **selectors: str) -> PolicyInForce:
    """Return a policy that caps every campaign at one touch a day, but these at another number."""
    limits = replace(model.default_limits("", "linkedin", "", ""), campaign_daily_cap=1)
    override = Override({"campaign_daily_cap": cap}, **selectors)
    return Policy(limits, (override,)).in_force("one")


def test_a_campaign_may_have_a_cap_of_its_own() -> None:
    """Each touch is held to the cap of its campaign, its account and its platform."""
    story = [
        touch("m1", NOON),
        touch("k1", NOON + 1, account_id="a2", platform="x"),
        touch("l1", NOON + 2, account_id="a3", creator_id="c3"),
        touch("n1", NOON + 3, campaign_id="autumn", creator_id="c4"),
        touch("n2", NOON + 4, campaign_id="autumn", creator_id="c5"),
    ]
    rule = "campaign_daily_cap"
    assert breaking(rule, overriding(2, campaign="spring"), *story) == {"l1", "n2"}
    assert breaking(rule, overriding(None, campaign="spring"), *story) == {"n2"}
    assert breaking(rule, overriding(None, platform="x"), *story) == {"l1", "n2"}
    assert breaking(rule, overriding(3, account="a3"), *story) == {"k1", "n2"}
    assert breaking(rule, overriding(0, campaign="autumn", account="a1"), *story) == {
        "k1",
        "l1",
        "n1",
        "n2",
    }


CAMPAIGN = Campaign(WorkspaceId("default"), CampaignId("spring"))


def campaign_touch(message_id: str, at: int, cap: int | None) -> CampaignTouch:
    """Return a touch of the campaign."""
    return CampaignTouch(
        occurred_at=Milliseconds(at),
        event_id=EventId(message_id),
        account_id=AccountId("a1"),
        platform=Platform.X,
        message_id=MessageId(message_id),
        creator_id=CreatorId("c1"),
        phase=Phase.OUTREACH,
        daily_cap=cap,
    )


def sent(touch: CampaignTouch) -> CampaignUpdate:
    """Return the update that brings a touch."""
    return CampaignUpdate(CAMPAIGN, touch.occurred_at // DAY, touch.message, touch)


def gone(touch: CampaignTouch) -> CampaignUpdate:
    """Return the update that takes it away."""
    return sent(touch)._replace(touch=None)


def test_nothing_is_kept_of_a_day_without_touches() -> None:
    """When its last touch moved away the key of the day is removed."""
    state = MemoryState()
    only = campaign_touch("m1", NOON, 0)
    found = fold_campaigns(state, [sent(only)])
    assert [row.detail for row in found.values()] == [
        "the campaign sent 0 in the 24 h before it; the cap is 0"
    ]
    withdrawn = fold_campaigns(state, [gone(only)])
    assert [(ref, row.detail) for ref, row in withdrawn.items()] == [(ref, None) for ref in found]
    assert state.data == {}


def test_an_update_that_says_nothing_new_changes_nothing() -> None:
    """Delivered again, it finds things as they are; of two in a batch the later counts."""
    state = MemoryState()
    one = campaign_touch("m1", NOON, 0)
    fold_campaigns(state, [sent(one)])
    before = dict(state.data)
    assert fold_campaigns(state, [gone(one), sent(one)]) == {}
    assert fold_campaigns(state, [gone(campaign_touch("m9", NOON, 0))]) == {}
    assert state.data == before


def test_only_violations_that_are_different_are_told() -> None:
    """A touch that broke its cap before, in the way it does now, is not told again."""
    state = MemoryState()
    first, second = campaign_touch("m1", NOON, 0), campaign_touch("m2", NOON + 1, 0)
    assert [ref.message.message_id for ref in fold_campaigns(state, [sent(first)])] == ["m1"]
    assert [ref.message.message_id for ref in fold_campaigns(state, [sent(second)])] == ["m2"]
    system = System()
    system.policy(ACCOUNT_CAPS[0])
    system.events([parsed(touch("m1", NOON))])
    changes = system.events([parsed(touch("k1", NOON + 1, creator_id="c2"))]).changes
    assert [ref.message.message_id for ref in changes.violations] == ["k1"]


moments = st.lists(st.integers(-2, 2 * DAY + 2) | st.sampled_from((0, 1, DAY, DAY + 1)), max_size=8)


@given(moments.map(sorted))
def test_the_day_before_holds_what_is_less_than_a_day_older(times: list[Milliseconds]) -> None:
    """Counted one by one, the figure behind the caps is the same."""
    for index, at in enumerate(times):
        expected = sum(at - earlier < DAY for earlier in times[:index])
        assert touches_in_day_before(times, index) == expected


@given(moments.map(sorted), moments)
def test_those_affected_are_those_whose_day_before_holds_a_moment(
    times: list[Milliseconds], changed: list[Milliseconds]
) -> None:
    """Each once, ascending, and nobody else, but that one of the moment itself is asked too."""
    expected = [
        index for index, at in enumerate(times) if any(0 <= at - moment < DAY for moment in changed)
    ]
    assert list(affected(times, changed)) == expected
