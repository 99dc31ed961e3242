from __future__ import annotations

from pipeline.conversation import Phase
from pipeline.events import AccountId, Milliseconds
from pipeline.policy import Limits
from pipeline.rules import CREATOR_RULES, RuleCode, WithCreator, broken
from tests.conversation._story import NOON

LIMITS = Limits(creator_contact_cap=2, opted_out=True)


def known(
    *, opens: bool = False, attempts: int = 0, asked: int | None = None, to: str = "a2"
) -> WithCreator:
    """Return what is known of a creator who asked account `a2` to stop, or nobody."""
    if asked is None:
        return WithCreator(opens, attempts, None, None)
    return WithCreator(opens, attempts, Milliseconds(asked), AccountId(to))


def test_two_attempts_may_be_opened_in_thirty_days() -> None:
    """After one other attempt an opener is the second; after two it breaks the cap."""
    outreach = Phase.OUTREACH
    assert broken(CREATOR_RULES, LIMITS, outreach, known(opens=True, attempts=1)) == {}
    assert broken(CREATOR_RULES, LIMITS, outreach, known(opens=True, attempts=2)) == {
        RuleCode.CREATOR_CONTACT_CAP: (
            "2 other attempts at the creator opened in the 30 d before it; the cap is 2"
        )
    }


def test_only_an_opener_can_break_the_contact_cap() -> None:
    """A follow-up opens nothing, however many attempts there are."""
    assert broken(CREATOR_RULES, LIMITS, Phase.OUTREACH, known(attempts=9)) == {}


def test_a_contact_cap_may_be_zero_or_off() -> None:
    """Zero allows no attempt, off allows any number."""
    opener, tenth = known(opens=True), known(opens=True, attempts=9)
    assert broken(CREATOR_RULES, Limits(creator_contact_cap=0), Phase.OUTREACH, opener)
    assert broken(CREATOR_RULES, Limits(), Phase.OUTREACH, tenth) == {}


def test_who_asked_any_account_to_stop_is_not_written_to() -> None:
    """The finding names the account that was asked, and when, to the second."""
    asked = known(asked=NOON + 999)
    assert broken(CREATOR_RULES, LIMITS, Phase.OUTREACH, asked) == {
        RuleCode.OPTED_OUT: "the creator asked a2 to stop at 2024-01-09T12:00:00Z"
    }


def test_an_opt_out_binds_both_phases() -> None:
    """It holds in a conversation, too; whoever did not ask to stop is not bound."""
    for phase in Phase:
        assert broken(CREATOR_RULES, LIMITS, phase, known(asked=0))
        assert broken(CREATOR_RULES, LIMITS, phase, known()) == {}


def test_the_rule_of_opt_outs_can_be_off() -> None:
    """Where the policy switches it off nothing breaks it."""
    assert broken(CREATOR_RULES, Limits(opted_out=False), Phase.OUTREACH, known(asked=0)) == {}
