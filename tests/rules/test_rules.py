from pipeline.conversation import Phase
from pipeline.events import Milliseconds
from pipeline.policy import Limits
from pipeline.rules import (
    ACCOUNT_RULES,
    CAMPAIGN_RULES,
    CONVERSATION_RULES,
    CREATOR_RULES,
    InConversation,
    Rule,
    RuleCode,
    broken,
)
from pipeline.rules._wording import duration, moment
from tests.conversation._story import NOON, sent, touches

EVERYWHERE = {
    RuleCode.FOLLOW_UP_LIMIT,
    RuleCode.ACCOUNT_DAILY_CAP,
    RuleCode.CAMPAIGN_DAILY_CAP,
    RuleCode.OPTED_OUT,
}
"""Both daily caps, `opted_out` and `follow_up_limit` bind both phases."""
OPENERS_ONLY = {RuleCode.RECONTACT_GAP, RuleCode.CREATOR_CONTACT_CAP}
"""An opener is in its outreach phase, whatever these bind."""


def _phases() -> dict[RuleCode, frozenset[Phase]]:
    """Return the phases that each rule binds, over all witnesses."""
    phases = {rule.code: rule.phases for rule in CONVERSATION_RULES}
    phases |= {rule.code: rule.phases for rule in ACCOUNT_RULES}
    phases |= {rule.code: rule.phases for rule in CAMPAIGN_RULES}
    return phases | {rule.code: rule.phases for rule in CREATOR_RULES}


def test_every_code_has_its_rule() -> None:
    """No rule is forgotten in the lists, and none stands in two."""
    assert set(_phases()) == set(RuleCode)
    rules = [*CONVERSATION_RULES, *ACCOUNT_RULES, *CAMPAIGN_RULES, *CREATOR_RULES]
    assert len(rules) == len(RuleCode)


def test_each_rule_binds_its_phases() -> None:
    """`min_gap`, `quiet_hours` and `pre_accept_limit` bind the outreach phase only."""
    for code, phases in _phases().items():
        assert Phase.OUTREACH in phases
        if code not in OPENERS_ONLY:
            assert (Phase.CONVERSATION in phases) is (code in EVERYWHERE), code


def test_a_touch_shows_every_rule_that_it_breaks() -> None:
    """One finding does not hide another."""
    strict = Limits(max_follow_ups=0, min_gap=2, max_pre_accept=0, quiet_hours=(0, 1439))
    facts = touches(sent("m1", NOON), sent("m2", NOON + 1))["m2"]
    asked = InConversation(facts, "UTC")
    assert set(broken(CONVERSATION_RULES, strict, facts.phase, asked)) == {
        RuleCode.FOLLOW_UP_LIMIT,
        RuleCode.MIN_GAP,
        RuleCode.PRE_ACCEPT_LIMIT,
        RuleCode.QUIET_HOURS,
    }


def test_a_rule_is_passed_over_in_a_phase_that_it_does_not_bind() -> None:
    """A witness that does not know the phase asks all of its rules."""

    def always(limits: Limits, number: int) -> str:
        return f"{limits.max_follow_ups} and {number}"

    outreach: Rule[int] = Rule(RuleCode.MIN_GAP, frozenset({Phase.OUTREACH}), always)
    limits = Limits(max_follow_ups=7)
    assert broken([outreach], limits, Phase.CONVERSATION, 3) == {}
    assert broken([outreach], limits, Phase.OUTREACH, 3) == {RuleCode.MIN_GAP: "7 and 3"}
    assert broken([outreach], limits, None, 3) == {RuleCode.MIN_GAP: "7 and 3"}


def test_durations_show_their_two_largest_units() -> None:
    """Units without a count are left out, and nothing at all is 0 ms."""
    spans = {
        0: "0 ms",
        1: "1 ms",
        1_000: "1 s",
        60_001: "1 min 1 ms",
        3_599_999: "59 min 59 s",
        3_600_000: "1 h",
        86_399_999: "23 h 59 min",
        86_400_000: "1 d",
        30 * 86_400_000 + 5_000: "30 d 5 s",
    }
    assert {length: duration(length) for length in spans} == spans


def test_moments_are_shown_in_utc() -> None:
    """To the second, rounded down."""
    assert moment(Milliseconds(NOON + 999)) == "2024-01-09T12:00:00Z"
