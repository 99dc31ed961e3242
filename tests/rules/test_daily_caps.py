from pipeline.conversation import Phase
from pipeline.policy import Limits
from pipeline.rules import (
    ACCOUNT_RULES,
    CAMPAIGN_RULES,
    InAccount,
    InCampaign,
    RuleCode,
    broken,
)

CAP = Limits(account_daily_cap=50, campaign_daily_cap=50)


def test_an_account_may_send_as_many_as_its_cap() -> None:
    """After 49 in the day before it a touch is the fiftieth; after 50 it breaks the cap."""
    assert broken(ACCOUNT_RULES, CAP, None, InAccount(49)) == {}
    assert broken(ACCOUNT_RULES, CAP, None, InAccount(50)) == {
        RuleCode.ACCOUNT_DAILY_CAP: "the account sent 50 in the 24 h before it; the cap is 50"
    }


def test_a_campaign_may_send_as_many_as_its_cap() -> None:
    """The same for the campaign."""
    assert broken(CAMPAIGN_RULES, CAP, None, InCampaign(49)) == {}
    assert broken(CAMPAIGN_RULES, CAP, None, InCampaign(51)) == {
        RuleCode.CAMPAIGN_DAILY_CAP: "the campaign sent 51 in the 24 h before it; the cap is 50"
    }


def test_a_cap_of_zero_allows_nothing() -> None:
    """Zero is a cap; no cap at all allows any number."""
    zero = Limits(account_daily_cap=0, campaign_daily_cap=0)
    assert set(broken(ACCOUNT_RULES, zero, None, InAccount(0))) == {RuleCode.ACCOUNT_DAILY_CAP}
    assert set(broken(CAMPAIGN_RULES, zero, None, InCampaign(0))) == {RuleCode.CAMPAIGN_DAILY_CAP}
    assert broken(ACCOUNT_RULES, Limits(), None, InAccount(10**6)) == {}
    assert broken(CAMPAIGN_RULES, Limits(), None, InCampaign(10**6)) == {}


def test_daily_caps_bind_both_phases() -> None:
    """Who answered is no reason to send more in a day."""
    for phase in Phase:
        assert broken(ACCOUNT_RULES, CAP, phase, InAccount(50))
        assert broken(CAMPAIGN_RULES, CAP, phase, InCampaign(50))
