from tests.reference._story import NOON, breaking, reply, touch
from tests.reference.model import DAY, HOUR, Limits


def test_a_third_follow_up_breaks_the_limit_of_two() -> None:
    """Step 2 is allowed, step 3 is not."""
    story = [touch(f"m{step}", NOON + 3 * DAY * step) for step in range(5)]
    assert breaking("follow_up_limit", *story) == {"m3", "m4"}


def test_the_limit_of_follow_ups_binds_the_conversation_phase() -> None:
    """After a reply the count begins anew, bubbles count once, and the limit holds."""
    start = NOON + 2 * HOUR
    story = [
        touch("m0", NOON),
        reply("r1", NOON + HOUR),
        touch("m1", start),
        touch("m2", start + 1),
        touch("m3", start + 2 * HOUR),
        touch("m4", start + 4 * HOUR),
        touch("m5", start + 6 * HOUR),
    ]
    assert breaking("follow_up_limit", *story) == {"m5"}


def test_a_gap_of_exactly_seventy_two_hours_is_long_enough() -> None:
    """One millisecond sooner is not."""
    gap = 72 * HOUR
    assert breaking("min_gap", touch("m1", NOON), touch("m2", NOON + gap)) == set()
    assert breaking("min_gap", touch("m1", NOON), touch("m2", NOON + gap - 1)) == {"m2"}


def test_the_gap_is_to_the_touch_before_in_the_same_streak() -> None:
    """A touch of another campaign or before the creator's message does not count."""
    assert (
        breaking(
            "min_gap",
            touch("m1", NOON),
            touch("n1", NOON + 71 * HOUR, campaign_id="autumn"),
            touch("m2", NOON + 72 * HOUR),
            reply("r1", NOON + 73 * HOUR),
            touch("m3", NOON + 74 * HOUR),
        )
        == set()
    )


def test_the_gap_binds_the_outreach_phase_only() -> None:
    """Two touches of a conversation may follow each other closely."""
    story = [touch("m1", NOON), reply("r1", NOON + 1), touch("m2", NOON + 2), touch("m3", NOON + 3)]
    assert breaking("min_gap", *story) == set()


def test_one_touch_is_allowed_before_instagram_accepts() -> None:
    """The second touch of a conversation breaks the limit, of whichever campaign it is."""
    story = [
        touch("m1", NOON, platform="instagram"),
        touch("n1", NOON + DAY, platform="instagram", campaign_id="autumn"),
    ]
    assert breaking("pre_accept_limit", *story) == {"n1"}


def test_three_touches_are_allowed_before_tiktok_accepts() -> None:
    """The limit is the platform's; X and LinkedIn have none."""
    for platform, broken in (("tiktok", {"m3", "m4"}), ("x", set()), ("linkedin", set())):
        story = [touch(f"m{day}", NOON + day * DAY, platform=platform) for day in range(5)]
        assert breaking("pre_accept_limit", *story) == broken


def test_an_acceptance_holds_from_the_touch_that_says_it() -> None:
    """It frees this touch and later ones, though these deny it; earlier ones stay broken."""
    story = [
        touch("m1", NOON, platform="instagram", creator_accepted=False),
        touch("m2", NOON + DAY, platform="instagram"),
        touch("n1", NOON + 2 * DAY, platform="instagram", campaign_id="x", creator_accepted=True),
        touch("m3", NOON + 3 * DAY, platform="instagram", creator_accepted=False),
    ]
    assert breaking("pre_accept_limit", *story) == {"m2"}


def test_an_acceptance_holds_in_its_conversation_only() -> None:
    """What a touch of another account says frees nobody else."""
    assert breaking(
        "pre_accept_limit",
        touch("k1", NOON, platform="instagram", account_id="a2", creator_accepted=True),
        touch("m1", NOON + 1, platform="instagram"),
        touch("m2", NOON + 2, platform="instagram"),
    ) == {"m2"}


def test_a_creator_who_has_written_needs_not_accept() -> None:
    """An audience message before the first touch suffices; one after the touch does not."""
    story = [touch(f"m{day}", NOON + day * DAY, platform="instagram") for day in range(3)]
    before = reply("r1", NOON - 1, platform="instagram")
    between = reply("r1", NOON + DAY + 1, platform="instagram")
    assert breaking("pre_accept_limit", *story, before) == set()
    assert breaking("pre_accept_limit", *story, between) == {"m1"}


def test_an_opener_waits_thirty_days_after_an_unanswered_attempt() -> None:
    """The gap is to the last touch of the other attempt; at exactly 30 days it is over."""
    story = [touch("m1", NOON), touch("m2", NOON + DAY)]
    soon = touch("n1", NOON + 31 * DAY - 1, campaign_id="autumn")
    later = touch("n1", NOON + 31 * DAY, campaign_id="autumn")
    assert breaking("recontact_gap", *story, soon) == {"n1"}
    assert breaking("recontact_gap", *story, later) == set()


def test_only_an_opener_can_break_the_recontact_gap() -> None:
    """A follow-up of an attempt that was opened earlier is none."""
    story = [
        touch("m1", NOON),
        touch("n1", NOON + 40 * DAY, campaign_id="autumn"),
        touch("m2", NOON + 41 * DAY),
    ]
    assert breaking("recontact_gap", *story) == set()


def test_an_answered_attempt_asks_for_no_recontact_gap() -> None:
    """An attempt that is conversation at that moment counts no more, its later touches neither."""
    story = [
        touch("m1", NOON),
        reply("r1", NOON + 1),
        touch("m2", NOON + 2),
        touch("n1", NOON + 3, campaign_id="autumn"),
    ]
    assert breaking("recontact_gap", *story) == set()
    assert breaking("recontact_gap", *story, touch("g1", NOON + 4, campaign_id="gala")) == {"g1"}


def test_a_message_before_the_other_opener_is_no_answer_to_it() -> None:
    """An audience message leaves the attempt that follows it unanswered."""
    assert breaking(
        "recontact_gap",
        reply("r1", NOON - 1),
        touch("m1", NOON),
        touch("n1", NOON + 1, campaign_id="autumn"),
    ) == {"n1"}


def test_the_recontact_gap_is_kept_within_one_conversation() -> None:
    """What another account wrote to the creator is the contact cap's concern."""
    assert (
        breaking(
            "recontact_gap",
            touch("m1", NOON, account_id="a2"),
            touch("n1", NOON + 1, campaign_id="autumn"),
        )
        == set()
    )


def test_a_rule_that_is_off_is_never_broken() -> None:
    """Without a limit no story breaks it."""
    off = Limits(
        max_follow_ups=None,
        min_gap=None,
        quiet_hours=None,
        opted_out=False,
        recontact_gap=None,
        creator_contact_cap=None,
    )
    story = [
        reply("r0", NOON - 1, body="Please stop messaging me."),
        *(touch(f"m{n}", NOON + n * HOUR) for n in range(24)),
        *(touch(f"n{n}", NOON + n, campaign_id=f"autumn {n}") for n in range(4)),
    ]
    rules = ("follow_up_limit", "min_gap", "quiet_hours", "opted_out", "recontact_gap")
    for rule in (*rules, "creator_contact_cap"):
        assert breaking(rule, *story)
        assert breaking(rule, *story, limits=off) == set()
