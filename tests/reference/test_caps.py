from tests.reference._story import NOON, OPT_OUT, breaking, reply, touch
from tests.reference.model import DAY, HOUR, Limits


def test_the_fifty_first_touch_in_a_day_breaks_the_account_cap() -> None:
    """LinkedIn, Instagram and TikTok allow 50 touches in 24 hours, to whomever."""
    for platform in ("linkedin", "instagram", "tiktok"):
        story = [
            touch(f"m{n:02}", NOON + n, platform=platform, creator_id=f"c{n}") for n in range(52)
        ]
        assert breaking("account_daily_cap", *story) == {"m50", "m51"}


def test_x_allows_five_hundred_touches_in_a_day() -> None:
    """The touch after 500 others breaks the cap of X, and the one before it does not."""
    story = [touch(f"m{n:03}", NOON + n, platform="x", creator_id=f"c{n}") for n in range(501)]
    assert breaking("account_daily_cap", *story) == {"m500"}


def test_a_touch_of_exactly_a_day_ago_no_longer_counts() -> None:
    """The window of a daily cap is open at its far end."""
    one = Limits(account_daily_cap=1, campaign_daily_cap=1)
    for rule in ("account_daily_cap", "campaign_daily_cap"):
        first = touch("m1", NOON)
        assert breaking(rule, first, touch("m2", NOON + DAY), limits=one) == set()
        assert breaking(rule, first, touch("m2", NOON + DAY - 1), limits=one) == {"m2"}


def test_a_touch_of_the_same_millisecond_counts_if_its_event_id_is_smaller() -> None:
    """Of two touches at one time the one with the larger event id breaks a cap of one."""
    story = [touch("m1", NOON, event_id="9"), touch("m2", NOON, event_id="10", creator_id="c2")]
    assert breaking("account_daily_cap", *story, limits=Limits(account_daily_cap=1)) == {"m1"}


def test_the_account_cap_counts_touches_of_the_conversation_phase() -> None:
    """It binds both phases, and counts both; inbound messages are no touches."""
    story = [
        touch("m1", NOON),
        reply("r1", NOON + 1),
        touch("m2", NOON + 2),
        touch("m3", NOON + 3),
    ]
    assert breaking("account_daily_cap", *story, limits=Limits(account_daily_cap=2)) == {"m3"}


def test_the_account_cap_knows_one_account_of_one_platform_and_workspace() -> None:
    """The same account id elsewhere is another account."""
    story = [
        touch("m1", NOON),
        touch("m2", NOON + 1, account_id="a2"),
        touch("m3", NOON + 2, platform="x"),
        touch("m4", NOON + 3, workspace="north"),
    ]
    assert breaking("account_daily_cap", *story, limits=Limits(account_daily_cap=1)) == set()


def test_the_campaign_cap_counts_across_accounts_and_platforms() -> None:
    """A campaign is one within its workspace, whoever sends for it."""
    story = [
        touch("m1", NOON),
        touch("m2", NOON + 1, account_id="a2", creator_id="c2"),
        touch("m3", NOON + 2, platform="x"),
        touch("m4", NOON + 3, workspace="north"),
        touch("n1", NOON + 4, campaign_id="autumn"),
    ]
    assert breaking("campaign_daily_cap", *story, limits=Limits(campaign_daily_cap=1)) == {
        "m2",
        "m3",
    }


def test_the_campaign_cap_counts_inherited_campaigns() -> None:
    """A touch that inherited its campaign is a touch of it."""
    story = [touch("m1", NOON), touch("m2", NOON + 1, campaign_id=None)]
    assert breaking("campaign_daily_cap", *story, limits=Limits(campaign_daily_cap=1)) == {"m2"}


def test_there_is_no_campaign_cap_by_default() -> None:
    """Sixty touches of a campaign in an hour break none."""
    story = [
        touch(f"m{n}", NOON + n, creator_id=f"c{n}", account_id=f"a{n % 2}") for n in range(60)
    ]
    assert breaking("campaign_daily_cap", *story) == set()


def test_accounts_tie_by_their_ids() -> None:
    """At one time and event id the smaller account id is before the larger."""
    story = [
        touch("m1", NOON, event_id="e", account_id="a9"),
        touch("m2", NOON, event_id="e", account_id="a10"),
    ]
    one = Limits(campaign_daily_cap=1, creator_contact_cap=1)
    assert breaking("campaign_daily_cap", *story, limits=one) == {"m1"}
    assert breaking("creator_contact_cap", *story, limits=one) == {"m1"}


def test_the_event_id_decides_before_the_account_id() -> None:
    """The account breaks the last tie only."""
    story = [
        touch("m1", NOON, event_id="e2", account_id="a1"),
        touch("m2", NOON, event_id="e1", account_id="a2"),
    ]
    assert breaking("creator_contact_cap", *story, limits=Limits(creator_contact_cap=1)) == {"m1"}


def test_the_third_attempt_with_a_creator_breaks_the_contact_cap() -> None:
    """Attempts of any account count, this account's own included."""
    story = [
        touch("m1", NOON),
        touch("n1", NOON + DAY, account_id="a2"),
        touch("g1", NOON + 2 * DAY, campaign_id="gala"),
        touch("g2", NOON + 3 * DAY, campaign_id="gala"),
    ]
    assert breaking("creator_contact_cap", *story) == {"g1"}


def test_an_attempt_opened_exactly_thirty_days_ago_no_longer_counts() -> None:
    """What counts is when it was opened, not its later touches."""
    story = [
        touch("m1", NOON),
        touch("m2", NOON + 29 * DAY),
        touch("n1", NOON + DAY, campaign_id="autumn"),
    ]
    within = touch("g1", NOON + 30 * DAY - 1, campaign_id="gala")
    beyond = touch("g1", NOON + 30 * DAY, campaign_id="gala")
    assert breaking("creator_contact_cap", *story, within) == {"g1"}
    assert breaking("creator_contact_cap", *story, beyond) == set()


def test_an_answered_attempt_counts_against_the_contact_cap() -> None:
    """The cap asks when attempts were opened, not how they went."""
    assert breaking(
        "creator_contact_cap",
        touch("m1", NOON),
        reply("r1", NOON + 1),
        touch("n1", NOON + 2, campaign_id="autumn"),
        touch("g1", NOON + 3, campaign_id="gala"),
    ) == {"g1"}


def test_the_contact_cap_knows_a_creator_by_workspace_and_platform() -> None:
    """The same creator id elsewhere is another person."""
    assert (
        breaking(
            "creator_contact_cap",
            touch("m1", NOON),
            touch("m2", NOON + 1, platform="x"),
            touch("m3", NOON + 2, workspace="north"),
            touch("m4", NOON + 3, campaign_id="autumn"),
        )
        == set()
    )


def test_an_opt_out_binds_every_account_of_the_workspace_on_the_platform() -> None:
    """Another platform, another workspace and another creator are not bound."""
    assert breaking(
        "opted_out",
        touch("m1", NOON),
        reply("r1", NOON + 1, body=OPT_OUT),
        touch("m2", NOON + 2),
        touch("m3", NOON + 3, account_id="a2"),
        touch("m4", NOON + 4, platform="x"),
        touch("m5", NOON + 5, workspace="north"),
        touch("m6", NOON + 6, creator_id="c2"),
    ) == {"m2", "m3"}


def test_an_opt_out_holds_for_good() -> None:
    """Neither time nor a later change of mind lifts it."""
    assert breaking(
        "opted_out",
        touch("m1", NOON),
        reply("r1", NOON + 1, body=OPT_OUT),
        reply("r2", NOON + 2, body="Yes, I would love to work together! Here is my media kit."),
        touch("m2", NOON + 400 * DAY),
    ) == {"m2"}


def test_an_audience_message_can_opt_out() -> None:
    """An inbound message counts though no touch was before it and nothing credits it."""
    opt_out = reply("r1", NOON, body=OPT_OUT, account_id="a2", kind="story_reply")
    assert breaking("opted_out", opt_out, touch("m1", NOON + HOUR)) == {"m1"}


def test_an_opt_out_between_accounts_is_before_by_event_id_then_account_id() -> None:
    """At one time the order of ids decides whether the touch knew."""
    sent = touch("m1", NOON, event_id="e", account_id="a2")
    before = reply("r1", NOON, event_id="e", account_id="a1", body=OPT_OUT)
    after = reply("r1", NOON, event_id="e", account_id="a3", body=OPT_OUT)
    earlier_id = reply("r1", NOON, event_id="d", account_id="a3", body=OPT_OUT)
    assert breaking("opted_out", sent, before) == {"m1"}
    assert breaking("opted_out", sent, after) == set()
    assert breaking("opted_out", sent, earlier_id) == {"m1"}
