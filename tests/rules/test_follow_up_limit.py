from pipeline.conversation import DAY, HOUR
from pipeline.policy import Limits
from pipeline.rules import RuleCode
from tests.conversation._story import NOON, received, sent
from tests.rules._story import breaking, found

TWO = Limits(max_follow_ups=2)


def test_the_third_follow_up_breaks_a_limit_of_two() -> None:
    """A step equal to the limit is allowed; every greater one is not."""
    assert breaking(TWO, *(sent(f"m{n}", NOON + n * DAY) for n in range(5))) == {"m3", "m4"}


def test_it_binds_the_conversation_phase_too() -> None:
    """After a reply the steps begin anew, bubbles count once, and the limit holds again."""
    start = NOON + DAY
    assert breaking(
        TWO,
        sent("m0", NOON),
        received("r1", NOON + 1),
        sent("m1", start),
        sent("m2", start + HOUR - 1),
        sent("m3", start + 2 * HOUR),
        sent("m4", start + 4 * HOUR),
        sent("m5", start + 6 * HOUR),
    ) == {"m5"}


def test_a_limit_of_none_at_all_allows_the_opener_only() -> None:
    """Zero follow-ups are a limit; without a limit nothing breaks it."""
    story = [sent("m0", NOON), sent("m1", NOON + DAY)]
    assert breaking(Limits(max_follow_ups=0), *story) == {"m1"}
    assert breaking(Limits(), *story) == set()


def test_it_says_how() -> None:
    """The finding names the step and the limit."""
    story = [sent("m0", NOON), sent("m1", NOON + DAY)]
    assert found(Limits(max_follow_ups=0), *story)["m1"] == {
        RuleCode.FOLLOW_UP_LIMIT: "step 1; the policy allows 0 follow-ups"
    }
