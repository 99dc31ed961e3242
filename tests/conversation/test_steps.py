from pipeline.conversation import DAY, HOUR
from tests.conversation._story import NOON, received, sent, steps, touches


def test_the_steps_of_a_streak_count_up_from_zero() -> None:
    """The first touch of a streak has step 0, each later one a step more than the one before."""
    assert steps(sent("m1", NOON), sent("m2", NOON + DAY), sent("m3", NOON + 2 * DAY)) == {
        "m1": 0,
        "m2": 1,
        "m3": 2,
    }


def test_an_outreach_touch_a_millisecond_later_is_a_step_of_its_own() -> None:
    """Bubbles belong to the conversation phase alone."""
    assert steps(sent("m1", NOON), sent("m2", NOON + 1)) == {"m1": 0, "m2": 1}


def test_a_message_of_the_creator_starts_a_new_streak() -> None:
    """A streak is counted since the creator's last message, however soon a touch follows it."""
    assert steps(
        sent("m1", NOON),
        sent("m2", NOON + DAY),
        received("r1", NOON + DAY + 1),
        sent("m3", NOON + DAY + 2),
    ) == {"m1": 0, "m2": 1, "m3": 0}


def test_at_exactly_one_hour_a_bubble_is_a_new_step() -> None:
    """A touch less than one hour after the touch before it in its streak has that one's step."""
    story = [sent("m1", NOON), received("r1", NOON + 1), sent("m2", NOON + 2)]
    assert steps(*story, sent("m3", NOON + 2 + HOUR - 1))["m3"] == 0
    assert steps(*story, sent("m3", NOON + 2 + HOUR))["m3"] == 1


def test_an_hour_is_counted_bubble_by_bubble() -> None:
    """Three bubbles 59 minutes apart are one step, though the last is two hours after the first."""
    gap = HOUR - 60_000
    story = [sent("m0", NOON), received("r1", NOON + 1)]
    story += [sent(f"m{n}", NOON + 2 + n * gap) for n in range(1, 5)]
    assert steps(*story) == {"m0": 0, "m1": 0, "m2": 0, "m3": 0, "m4": 0}


def test_bubbles_of_a_later_step_share_that_step() -> None:
    """A bubble has the step of the touch before it, which need not be the first of its streak."""
    start = NOON + HOUR
    assert steps(
        sent("m0", NOON),
        received("r1", NOON + 1),
        sent("m1", start),
        sent("m2", start + 2 * HOUR),
        sent("m3", start + 2 * HOUR + 1),
        sent("m4", start + 4 * HOUR),
    ) == {"m0": 0, "m1": 0, "m2": 1, "m3": 1, "m4": 2}


def test_interleaved_campaigns_count_each_for_itself() -> None:
    """The touch before in a streak is one of the same attempt."""
    story = [
        sent("m1", NOON),
        sent("n1", NOON + 1, "autumn"),
        sent("m2", NOON + 2),
        sent("n2", NOON + 3, "autumn"),
    ]
    assert steps(*story) == {"m1": 0, "n1": 0, "m2": 1, "n2": 1}
    previous = {message_id: facts.previous_at for message_id, facts in touches(*story).items()}
    assert previous == {"m1": None, "n1": None, "m2": NOON, "n2": NOON + 1}


def test_a_bubble_of_another_campaign_neither_joins_nor_parts() -> None:
    """Bubbles are counted along one attempt, whatever another says in between."""
    start = NOON + HOUR
    assert steps(
        sent("m0", NOON),
        sent("n0", NOON + 1, "autumn"),
        received("r1", NOON + 2),
        sent("m1", start),
        sent("n1", start + HOUR // 2, "autumn"),
        sent("m2", start + HOUR),
    ) == {"m0": 0, "n0": 0, "m1": 0, "n1": 0, "m2": 1}


def test_the_touch_before_lies_in_the_same_streak() -> None:
    """The first touch of a streak has none before it, though its attempt has."""
    rows = touches(sent("m1", NOON), received("r1", NOON + 1), sent("m2", NOON + 2))
    assert rows["m2"].previous_at is None
    later = touches(
        sent("m1", NOON), received("r1", NOON + 1), sent("m2", NOON + 2), sent("m3", NOON + 3)
    )
    assert later["m3"].previous_at == NOON + 2


def test_a_streak_that_was_left_counts_anew_when_it_is_taken_up() -> None:
    """An attempt whose streak ended long ago starts at 0, and goes on from there."""
    assert steps(
        sent("m1", NOON),
        sent("m2", NOON + 1),
        received("r1", NOON + 2),
        received("r2", NOON + 3),
        sent("m3", NOON + 4),
        sent("m4", NOON + 4 + HOUR),
    ) == {"m1": 0, "m2": 1, "m3": 0, "m4": 1}


def test_of_one_millisecond_the_smaller_event_id_is_before() -> None:
    """Ids are compared as text, by code point: "B" is before "b", and "10" before "9"."""
    assert steps(sent("m1", NOON, event_id="b"), sent("m2", NOON, event_id="B")) == {
        "m2": 0,
        "m1": 1,
    }
    assert steps(sent("m1", NOON, event_id="9"), sent("m2", NOON, event_id="10")) == {
        "m2": 0,
        "m1": 1,
    }
    assert steps(sent("m1", NOON, event_id="\U0001f600"), sent("m2", NOON, event_id="\uff5e")) == {
        "m2": 0,
        "m1": 1,
    }


def test_every_touch_is_counted_in_its_conversation() -> None:
    """How many touches lie before a touch is asked of all attempts together."""
    rows = touches(
        sent("m1", NOON),
        sent("n1", NOON + 1, "autumn"),
        received("r1", NOON + 2),
        sent("m2", NOON + 3),
    )
    assert [rows[name].touches_before for name in ("m1", "n1", "m2")] == [0, 1, 2]
