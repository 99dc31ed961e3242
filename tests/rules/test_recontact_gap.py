from pipeline.conversation import DAY
from pipeline.policy import Limits
from pipeline.rules import RuleCode
from tests.conversation._story import NOON, received, sent
from tests.rules._story import breaking, found

GAP = 30 * DAY
LIMITS = Limits(recontact_gap=GAP)


def test_an_opener_waits_thirty_days_after_an_unanswered_attempt() -> None:
    """They are counted from the last touch of the other attempt; exactly 30 days are enough."""
    story = [sent("m1", NOON), sent("m2", NOON + DAY)]
    assert breaking(LIMITS, *story, sent("n1", NOON + DAY + GAP - 1, "autumn")) == {"n1"}
    assert breaking(LIMITS, *story, sent("n1", NOON + DAY + GAP, "autumn")) == set()


def test_an_answered_attempt_needs_no_gap() -> None:
    """Its later touches are conversation, and need none either."""
    assert (
        breaking(
            LIMITS,
            sent("m1", NOON),
            received("r1", NOON + 1),
            sent("m2", NOON + 2),
            sent("n1", NOON + 3, "autumn"),
        )
        == set()
    )


def test_a_message_before_the_other_opener_is_no_answer_to_it() -> None:
    """An audience message leaves the attempt that follows it unanswered."""
    story = [received("r1", NOON - 1), sent("m1", NOON), sent("n1", NOON + 1, "autumn")]
    assert breaking(LIMITS, *story) == {"n1"}


def test_only_an_opener_can_break_it() -> None:
    """A later touch of an attempt may come right after one of another."""
    assert (
        breaking(
            LIMITS,
            sent("m1", NOON),
            sent("n1", NOON + GAP, "autumn"),
            sent("m2", NOON + GAP + 1),
        )
        == set()
    )


def test_without_a_gap_any_campaign_may_open() -> None:
    """The rule can be off."""
    assert breaking(Limits(), sent("m1", NOON), sent("n1", NOON + 1, "autumn")) == set()


def test_it_says_how() -> None:
    """The finding names how long ago the other touch was."""
    story = [sent("m1", NOON), sent("n1", NOON + DAY, "autumn")]
    assert found(LIMITS, *story)["n1"] == {
        RuleCode.RECONTACT_GAP: "opens an attempt 1 d after a touch of an unanswered one; "
        "the gap is 30 d"
    }
