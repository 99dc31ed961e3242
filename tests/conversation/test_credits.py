from pipeline.conversation import DAY
from pipeline.replies import ReplyClass
from tests.conversation._story import NOON, credits_of, inbound, received, sent, touches


def test_a_reply_is_credited_to_the_last_touch_before_it() -> None:
    """The opener gets nothing when a follow-up came between."""
    story = [sent("m1", NOON), sent("m2", NOON + DAY), received("r1", NOON + 2 * DAY)]
    assert credits_of(*story) == {"r1": "m2"}
    assert touches(*story)["m1"].credited is None


def test_a_reply_is_credited_across_attempts_and_phases() -> None:
    """The last touch before it may be of any campaign, and of the conversation phase."""
    assert credits_of(
        sent("m1", NOON),
        sent("n1", NOON + 1, "autumn"),
        received("r1", NOON + 2),
        sent("m2", NOON + 3),
        received("r2", NOON + 4),
    ) == {"r1": "n1", "r2": "m2"}


def test_a_credit_ends_before_thirty_days() -> None:
    """A millisecond less than 30 days is in time; exactly 30 days is not."""
    assert credits_of(sent("m1", NOON), received("r1", NOON + 30 * DAY - 1)) == {"r1": "m1"}
    assert credits_of(sent("m1", NOON), received("r1", NOON + 30 * DAY)) == {"r1": None}


def test_no_other_message_may_lie_between() -> None:
    """The second message in a row is credited to nothing, though it is a reply."""
    story = [sent("m1", NOON), received("r1", NOON + 1), received("r2", NOON + 2)]
    assert credits_of(*story) == {"r1": "m1", "r2": None}
    assert inbound(*story)["r2"].is_reply


def test_a_message_too_late_for_a_credit_still_lies_between() -> None:
    """What lies between takes the credit away whether or not it has one itself."""
    assert credits_of(
        sent("m1", NOON), received("r1", NOON + 30 * DAY), received("r2", NOON + 30 * DAY + 1)
    ) == {"r1": None, "r2": None}


def test_a_touch_after_the_last_reply_has_no_credit() -> None:
    """A message is never credited to a touch that came after it."""
    assert credits_of(sent("m1", NOON), received("r1", NOON + 1), sent("m2", NOON + 2)) == {
        "r1": "m1"
    }


def test_a_credit_keeps_the_class_of_the_reply() -> None:
    """The credited message itself stands in the facts of the touch."""
    asked = received("r1", NOON + 1, ReplyClass.OPT_OUT)
    assert touches(sent("m1", NOON), asked)["m1"].credited == asked


def test_a_message_without_a_touch_before_it_is_for_the_audience() -> None:
    """It has no campaign, no credit, and is no reply, even if a touch follows at once."""
    facts = inbound(received("r1", NOON), sent("m1", NOON + 1))["r1"]
    assert (facts.is_reply, facts.campaign_id, facts.credited_message_id) == (False, "", None)


def test_a_reply_belongs_to_the_campaign_of_the_last_touch_before_it() -> None:
    """Credited or not, and also when that touch inherited its campaign."""
    rows = inbound(
        sent("m1", NOON),
        sent("n1", NOON + 1, "autumn"),
        sent("n2", NOON + 2, None),
        received("r1", NOON + 3),
        received("r2", NOON + 4),
    )
    assert {name: facts.campaign_id for name, facts in rows.items()} == {
        "r1": "autumn",
        "r2": "autumn",
    }
