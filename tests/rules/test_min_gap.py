from pipeline.conversation import HOUR
from pipeline.policy import Limits
from pipeline.rules import RuleCode
from tests.conversation._story import NOON, received, sent
from tests.rules._story import breaking, found

GAP = 72 * HOUR
LIMITS = Limits(min_gap=GAP)


def test_a_gap_of_exactly_seventy_two_hours_is_long_enough() -> None:
    """One millisecond sooner is not."""
    assert breaking(LIMITS, sent("m1", NOON), sent("m2", NOON + GAP)) == set()
    assert breaking(LIMITS, sent("m1", NOON), sent("m2", NOON + GAP - 1)) == {"m2"}


def test_the_gap_is_to_the_touch_before_it_in_its_streak() -> None:
    """Neither another attempt nor a streak that the creator ended comes into it."""
    assert (
        breaking(
            LIMITS,
            sent("m1", NOON),
            sent("n1", NOON + GAP - 1, "autumn"),
            sent("m2", NOON + GAP),
            received("r1", NOON + GAP + 1),
            sent("m3", NOON + GAP + 2),
        )
        == set()
    )


def test_it_binds_the_outreach_phase_only() -> None:
    """In the conversation phase people write in several bubbles."""
    story = [sent("m1", NOON), received("r1", NOON + 1), sent("m2", NOON + 2), sent("m3", NOON + 3)]
    assert breaking(LIMITS, *story) == set()


def test_a_gap_after_an_audience_message_binds_all_the_same() -> None:
    """A message before the opener leaves the attempt in its outreach phase."""
    assert breaking(
        LIMITS, received("r1", NOON - 1), sent("m1", NOON), sent("m2", NOON + HOUR)
    ) == {"m2"}


def test_without_a_gap_nothing_is_too_soon() -> None:
    """The rule can be off."""
    assert breaking(Limits(), sent("m1", NOON), sent("m2", NOON + 1)) == set()


def test_it_says_how() -> None:
    """The finding names both spans, each with its two largest units."""
    story = [sent("m1", NOON), sent("m2", NOON + GAP - 90_000)]
    assert found(LIMITS, *story)["m2"] == {
        RuleCode.MIN_GAP: "2 d 23 h after the touch before it; the gap is 3 d"
    }
