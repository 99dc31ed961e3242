from tests.reference._story import NOON, POSITIVE, credits_of, replies, reply, touch, touches
from tests.reference.model import DAY, SECOND, ReplyRow


def test_a_reply_is_credited_to_the_last_touch_before_it() -> None:
    """The opener gets nothing when a follow-up came before the reply."""
    story = [
        touch("m1", NOON),
        touch("m2", NOON + 3 * DAY),
        reply("r1", NOON + 4 * DAY, body=POSITIVE),
    ]
    rows = touches(*story)
    assert credits_of(*story) == {"r1": "m2"}
    assert rows["m1"].replied_at is None
    assert rows["m1"].reply_class is None
    assert rows["m1"].seconds_to_reply is None
    assert rows["m2"].replied_at == NOON + 4 * DAY
    assert rows["m2"].reply_class == "positive"
    assert rows["m2"].seconds_to_reply == DAY // SECOND


def test_a_second_reply_in_a_row_is_credited_to_nothing() -> None:
    """Another inbound message between touch and reply takes the credit away."""
    story = [touch("m1", NOON), reply("r1", NOON + 1), reply("r2", NOON + 2, body=POSITIVE)]
    assert credits_of(*story) == {"r1": "m1", "r2": None}
    assert touches(*story)["m1"].reply_class == "neutral"


def test_a_credit_ends_before_thirty_days() -> None:
    """A millisecond less than 30 days is in time; exactly 30 days is not."""
    assert credits_of(touch("m1", NOON), reply("r1", NOON + 30 * DAY - 1)) == {"r1": "m1"}
    assert credits_of(touch("m1", NOON), reply("r1", NOON + 30 * DAY)) == {"r1": None}


def test_a_reply_too_late_for_the_last_touch_is_not_credited_to_an_earlier_one() -> None:
    """There is one candidate, the last touch before; the others are never asked."""
    story = [touch("m1", NOON), touch("m2", NOON + 1), reply("r1", NOON + 1 + 30 * DAY)]
    assert credits_of(*story) == {"r1": None}


def test_an_uncredited_reply_still_stands_between() -> None:
    """A message that lies between touch and reply counts, whatever came of it."""
    story = [touch("m1", NOON), reply("r1", NOON + 1), touch("m2", NOON + 2), reply("r2", NOON + 3)]
    assert credits_of(*story) == {"r1": "m1", "r2": "m2"}
    assert credits_of(*story, reply("r3", NOON + 2, event_id="zz")) == {
        "r1": "m1",
        "r3": "m2",
        "r2": None,
    }


def test_the_credit_goes_to_a_touch_of_any_campaign_and_phase() -> None:
    """The last touch before may belong to another attempt or to the conversation phase."""
    story = [
        touch("m1", NOON),
        touch("n1", NOON + 1, campaign_id="autumn"),
        reply("r1", NOON + 2),
        touch("m2", NOON + 3),
        reply("r2", NOON + 4),
    ]
    assert credits_of(*story) == {"r1": "n1", "r2": "m2"}
    assert touches(*story)["m2"].phase == "conversation"
    assert touches(*story)["m2"].reply_class == "neutral"


def test_what_a_reply_says_it_answers_moves_no_credit() -> None:
    """A reply that names the opener is still credited to the follow-up."""
    story = [touch("m1", NOON), touch("m2", NOON + 1), reply("r1", NOON + 2, in_reply_to="m1")]
    assert credits_of(*story) == {"r1": "m2"}


def test_a_reply_of_the_same_millisecond_is_after_a_touch_with_a_smaller_event_id() -> None:
    """The tie decides between a reply after no seconds and an audience message."""
    after = [touch("m1", NOON, event_id="a"), reply("r1", NOON, event_id="b")]
    before = [touch("m1", NOON, event_id="b"), reply("r1", NOON, event_id="a")]
    assert touches(*after)["m1"].seconds_to_reply == 0
    assert credits_of(*before) == {}


def test_seconds_to_reply_are_rounded_down() -> None:
    """A millisecond less than two seconds is one second."""
    assert touches(touch("m1", NOON), reply("r1", NOON + 1999))["m1"].seconds_to_reply == 1
    assert touches(touch("m1", NOON), reply("r1", NOON + 2000))["m1"].seconds_to_reply == 2


def test_seconds_are_those_of_the_difference() -> None:
    """Two times that lie in two clock seconds may be no whole second apart."""
    assert touches(touch("m1", NOON + 999), reply("r1", NOON + 1000))["m1"].seconds_to_reply == 0


def test_a_reply_has_the_campaign_of_the_last_touch_before_it() -> None:
    """Credited or not, the last touch before a reply gives its campaign."""
    late = NOON + 1 + 30 * DAY
    story = [
        touch("m1", NOON),
        touch("n1", NOON + 1, campaign_id="autumn"),
        reply("r1", late, body=POSITIVE),
    ]
    assert replies(*story) == {"r1": ReplyRow("c1", "autumn", late, POSITIVE, "positive", None)}
