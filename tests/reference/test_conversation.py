from tests.reference._story import NOON, derive, phases, reply, steps, touch, touches
from tests.reference.model import DAY, HOUR, AudienceRow


def test_steps_count_up_from_zero() -> None:
    """Each touch of a streak has one step more than the one before it, by whichever topic."""
    assert steps(
        touch("m1", NOON, type="follow_up"),
        touch("m2", NOON + DAY, type="dm_sent"),
        touch("m3", NOON + 2 * DAY, type="follow_up"),
    ) == {"m1": 0, "m2": 1, "m3": 2}


def test_an_outreach_touch_within_the_hour_is_a_step_of_its_own() -> None:
    """Bubbles belong to the conversation phase: before a reply each message is a step."""
    assert steps(touch("m1", NOON), touch("m2", NOON + 1)) == {"m1": 0, "m2": 1}


def test_touches_of_one_time_stand_in_the_order_of_their_event_ids() -> None:
    """A tie is broken by event id, not by message id."""
    assert steps(touch("m1", NOON, event_id="b"), touch("m2", NOON, event_id="B")) == {
        "m2": 0,
        "m1": 1,
    }


def test_a_message_of_the_creator_starts_a_new_streak() -> None:
    """After an inbound message of any kind the steps begin at 0 again."""
    for kind in (None, "message", "story_reply", "story_mention", "quick_reply"):
        assert steps(
            touch("m1", NOON),
            touch("m2", NOON + DAY),
            reply("r1", NOON + 2 * DAY, kind=kind),
            touch("m3", NOON + 3 * DAY),
            touch("m4", NOON + 4 * DAY),
        ) == {"m1": 0, "m2": 1, "m3": 0, "m4": 1}


def test_a_reply_lies_between_touches_of_its_own_millisecond_by_event_id() -> None:
    """At one time a reply with the middle id ends the streak of the first touch."""
    story = [touch("m1", NOON, event_id="a"), touch("m2", NOON, event_id="c")]
    between = reply("r1", NOON, event_id="b")
    after = reply("r1", NOON, event_id="d")
    assert steps(*story, between) == {"m1": 0, "m2": 0}
    assert steps(*story, after) == {"m1": 0, "m2": 1}
    assert phases(*story, between)["m2"] == "conversation"
    assert phases(*story, after)["m2"] == "outreach"


def test_bubbles_share_a_step_until_one_is_an_hour_late() -> None:
    """Less than an hour after the bubble before is the same step; an hour is a new one."""
    start = NOON + HOUR
    assert steps(
        touch("m0", NOON),
        reply("r1", start - 1),
        touch("m1", start),
        touch("m2", start + HOUR - 1),
        touch("m3", start + 2 * HOUR - 2),
        touch("m4", start + 3 * HOUR - 2),
        touch("m5", start + 4 * HOUR - 3),
    ) == {"m0": 0, "m1": 0, "m2": 0, "m3": 0, "m4": 1, "m5": 1}


def test_a_bubble_follows_the_touch_of_its_own_streak() -> None:
    """A touch of another campaign in between neither joins nor parts the bubbles."""
    start = NOON + 2 * HOUR
    assert steps(
        touch("m1", NOON),
        touch("n1", NOON + 1, campaign_id="autumn"),
        reply("r1", NOON + HOUR),
        touch("m2", start),
        touch("n2", start + HOUR // 2, campaign_id="autumn"),
        touch("m3", start + HOUR),
        touch("n3", start + HOUR + 1, campaign_id="autumn"),
    ) == {"m1": 0, "n1": 0, "m2": 0, "n2": 0, "m3": 1, "n3": 0}


def test_two_campaigns_in_one_conversation_have_their_own_steps_and_phases() -> None:
    """An attempt opened after the reply is in its outreach phase, the older one is not."""
    story = [
        touch("m1", NOON),
        touch("n1", NOON + DAY, campaign_id="autumn"),
        touch("m2", NOON + 2 * DAY),
        reply("r1", NOON + 3 * DAY),
        touch("m3", NOON + 4 * DAY),
        touch("g1", NOON + 5 * DAY, campaign_id="gala"),
        touch("n2", NOON + 6 * DAY, campaign_id="autumn"),
        touch("g2", NOON + 6 * DAY + 1, campaign_id="gala"),
    ]
    assert steps(*story) == {"m1": 0, "n1": 0, "m2": 1, "m3": 0, "g1": 0, "n2": 0, "g2": 1}
    assert phases(*story) == {
        "m1": "outreach",
        "n1": "outreach",
        "m2": "outreach",
        "m3": "conversation",
        "g1": "outreach",
        "n2": "conversation",
        "g2": "outreach",
    }


def test_an_attempt_starts_with_its_opener_for_good() -> None:
    """A campaign has one attempt in a conversation, however long ago it was opened."""
    row = touches(touch("m1", NOON), reply("r1", NOON + DAY), touch("m2", NOON + 400 * DAY))["m2"]
    assert row.attempt_started_at == NOON
    assert (row.step, row.phase) == (0, "conversation")


def test_an_audience_message_before_the_opener_leaves_the_attempt_in_outreach() -> None:
    """Only a message after the opener ends the outreach phase."""
    story = [
        reply("r1", NOON - 1),
        touch("m1", NOON),
        touch("m2", NOON + DAY),
        reply("r2", NOON + 2 * DAY),
        touch("m3", NOON + 3 * DAY),
    ]
    assert phases(*story) == {"m1": "outreach", "m2": "outreach", "m3": "conversation"}


def test_an_inbound_message_without_an_earlier_touch_is_for_the_audience() -> None:
    """A touch of another creator, of another account or of a later time makes no reply."""
    result = derive(
        reply("r1", NOON, body="How much is it?"),
        touch("m1", NOON - DAY, creator_id="c2"),
        touch("m2", NOON - DAY, account_id="a2"),
        touch("m3", NOON + 1),
        reply("r2", NOON + 2),
    )
    expected = AudienceRow("c1", NOON, "How much is it?")
    assert result.audience_messages == {("default", "linkedin", "a1", "r1"): expected}
    assert {key[3] for key in result.replies} == {"r2"}


def test_a_touch_without_campaign_has_that_of_the_touch_before_it() -> None:
    """The campaign is handed on through touches that inherited it, and past a reply."""
    story = [
        touch("m1", NOON, campaign_id=None, template_id=None),
        touch("m2", NOON + 1),
        touch("m3", NOON + 2, campaign_id=None),
        touch("n1", NOON + 3, campaign_id="autumn", template_id="warm"),
        touch("n2", NOON + 4, campaign_id=None),
        reply("r1", NOON + 5),
        touch("n3", NOON + 6, campaign_id=None),
        touch("m4", NOON + 7),
    ]
    rows = touches(*story)
    assert {message_id: row.campaign_id for message_id, row in rows.items()} == {
        "m1": "",
        "m2": "spring",
        "m3": "spring",
        "n1": "autumn",
        "n2": "autumn",
        "n3": "autumn",
        "m4": "spring",
    }
    assert (rows["m1"].template_id, rows["n1"].template_id, rows["n2"].template_id) == (
        "",
        "warm",
        "",
    )


def test_a_late_touch_hands_its_campaign_to_those_after_it() -> None:
    """An event that arrives last but happened before changes the campaigns that follow it."""
    story = [touch("m1", NOON), touch("m3", NOON + 2 * DAY, campaign_id=None)]
    late = touch("m2", NOON + DAY, campaign_id="autumn")
    assert steps(*story) == {"m1": 0, "m3": 1}
    assert steps(*story, late) == {"m1": 0, "m2": 0, "m3": 1}
    assert touches(*story, late)["m3"].campaign_id == "autumn"


def test_a_campaign_is_not_inherited_from_another_conversation() -> None:
    """What the account wrote to someone else says nothing about this conversation."""
    rows = touches(touch("m1", NOON, creator_id="c2"), touch("m2", NOON + 1, campaign_id=None))
    assert rows["m2"].campaign_id == ""


def test_a_row_carries_what_its_event_says_of_the_creator() -> None:
    """Followers and the listed address are those of the touch itself, never of another."""
    rows = touches(
        touch("m1", NOON, creator_followers=0, creator_email_listed=False),
        touch("m2", NOON + DAY),
    )
    assert (rows["m1"].creator_followers, rows["m1"].creator_email_listed) == (0, False)
    assert (rows["m2"].creator_followers, rows["m2"].creator_email_listed) == (None, None)
