from pipeline.policy import Limits
from pipeline.rules import RuleCode
from tests.conversation._story import NOON, received, sent
from tests.rules._story import breaking, found

ONE = Limits(max_pre_accept=1)


def test_as_many_touches_as_the_platform_allows_may_go_out() -> None:
    """The touch with `max_pre_accept` touches before it breaks the limit, the one before does not.

    They are counted over all attempts of the conversation.
    """
    story = [sent("m1", NOON), sent("n1", NOON + 1, "autumn"), sent("m2", NOON + 2)]
    assert breaking(ONE, *story) == {"n1", "m2"}
    assert breaking(Limits(max_pre_accept=2), *story) == {"m2"}
    assert breaking(Limits(max_pre_accept=3), *story) == set()
    assert breaking(Limits(max_pre_accept=0), *story) == {"m1", "n1", "m2"}


def test_an_acceptance_frees_its_own_touch_and_later_ones() -> None:
    """A touch that was sent before anyone accepted stays broken."""
    assert breaking(
        ONE,
        sent("m1", NOON),
        sent("m2", NOON + 1),
        sent("n1", NOON + 2, "autumn", accepted=True),
        sent("m3", NOON + 3),
    ) == {"m2"}


def test_a_creator_who_has_written_need_not_accept() -> None:
    """An audience message before the first touch will do, and frees new attempts as well."""
    story = [sent("m1", NOON), sent("m2", NOON + 1), sent("n1", NOON + 3, "autumn")]
    assert breaking(ONE, *story) == {"m2", "n1"}
    assert breaking(ONE, *story, received("r1", NOON - 1)) == set()
    assert breaking(ONE, *story, received("r1", NOON + 2)) == {"m2"}


def test_platforms_without_a_limit_are_not_bound() -> None:
    """X and LinkedIn allow any number before acceptance."""
    assert breaking(Limits(), *(sent(f"m{n}", NOON + n) for n in range(9))) == set()


def test_it_says_how() -> None:
    """The finding names the touches before it and how many are allowed."""
    assert found(ONE, sent("m1", NOON), sent("m2", NOON + 1))["m2"] == {
        RuleCode.PRE_ACCEPT_LIMIT: (
            "1 touches lie before it and the creator has not accepted; the platform allows 1"
        )
    }
