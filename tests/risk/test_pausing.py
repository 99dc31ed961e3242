from __future__ import annotations

from pipeline.accounts import add_policies
from pipeline.campaigns import Campaign
from pipeline.events import CampaignId, Milliseconds, WorkspaceId
from pipeline.pauses import Decision, Pause, PausedBy, add_pauses
from pipeline.risk import Minute, Part, Risk, RiskAt, RiskSignal
from pipeline.risk._alert_state import AlertState
from pipeline.risk._pausing import Pausing
from tests.folds._policies import Override, Policy
from tests.folds._system import MemoryState
from tests.reference import model

CAMPAIGN = Campaign(WorkspaceId("default"), CampaignId("spring"))
NONE = AlertState()
NOW = 1_767_225_600_000
AT = NOW // 60_000


class Campaigns:
    """Both states of a partition of campaigns."""

    def __init__(self, told: MemoryState | None = None) -> None:
        self.state = MemoryState()
        self.told = told or MemoryState()

    def policy(self, pause_at: int | None, policy_id: str = "a") -> None:
        """Let campaigns be paused at another risk."""
        override = Override({"pause_at": pause_at}, campaign="spring")
        add_policies(self.state, [Policy(model.Limits(), (override,)).in_force(policy_id)])

    def person(self, *, paused: bool, at: int = NOW) -> None:
        """Let a person pause the campaign, or resume it."""
        decision = Decision("spring", paused=paused)
        add_pauses(self.state, [decision.made_at(Milliseconds(at))])

    def see(
        self,
        *scores: int,
        minute: int = AT,
        alerts: AlertState = NONE,
        now: int = NOW,
        campaign: Campaign = CAMPAIGN,
    ) -> list[Pause]:
        """See these risks, a minute each from this one on; return what is decided."""
        pausing = Pausing(self.state, self.told, Milliseconds(now), low=40)
        seen = [RiskAt(Minute(minute + after), risk(score)) for after, score in enumerate(scores)]
        pausing.look(campaign, seen, alerts)
        return pausing.decided

    @property
    def is_paused(self) -> bool:
        """Whether the campaign is paused now."""
        pausing = Pausing(self.state, self.told, Milliseconds(NOW), low=40)
        return pausing.is_paused(CAMPAIGN)


def risk(score: int) -> Risk:
    """Return a risk that one signal makes up."""
    part = Part(RiskSignal.COPIES, 90.0, float(score), float(score), f"{score} copies")
    return Risk(score, (part,))


def test_a_campaign_is_paused_when_its_risk_is_high() -> None:
    """From now on, by its risk and with its sentences; and it is known to be paused at once."""
    campaigns = Campaigns()
    assert campaigns.see(79) == []
    assert not campaigns.is_paused
    (pause,) = campaigns.see(60, 85)
    assert (pause.workspace, pause.campaign_id) == CAMPAIGN
    assert (pause.at, pause.paused, pause.by) == (NOW, True, PausedBy.RISK)
    assert pause.reasons == ("A spam risk of 85 of 100.", "85 copies.")
    assert campaigns.is_paused


def test_what_is_sent_for_no_campaign_is_not_paused() -> None:
    """Nobody could let it go on."""
    campaigns = Campaigns()
    nameless = Campaign(CAMPAIGN.workspace, CampaignId(""))
    assert campaigns.see(100, campaign=nameless) == []


def test_it_is_paused_once_also_by_another_worker() -> None:
    """What was told remembers it, though all else is derived anew."""
    campaigns = Campaigns()
    assert campaigns.see(85)
    assert campaigns.see(95, minute=AT + 1) == []
    anew = Campaigns(campaigns.told)
    assert anew.see(85, 95) == []


def test_a_resumption_holds_until_the_risk_was_low_and_rises_anew() -> None:
    """To sink a little is not enough."""
    campaigns = Campaigns()
    campaigns.see(85)
    campaigns.person(paused=False, at=NOW + 1)
    assert campaigns.see(90, 45, 90, minute=AT + 1) == []
    assert campaigns.see(39, minute=AT + 4) == []
    assert len(campaigns.see(80, minute=AT + 5, now=NOW + 2)) == 1
    assert campaigns.is_paused


def test_a_campaign_that_a_person_has_paused_is_not_paused_again() -> None:
    """Nor when that person lets it go on while its risk is as high."""
    campaigns = Campaigns()
    campaigns.person(paused=True, at=NOW - 1)
    assert campaigns.see(85) == []
    campaigns.person(paused=False)
    assert campaigns.see(86, minute=AT + 1) == []


def test_what_was_high_and_is_low_again_is_no_case_any_more() -> None:
    """A quarter that is loaded at once pauses only what is still a case at its end."""
    campaigns = Campaigns()
    assert campaigns.see(85, 30) == []
    assert campaigns.see(85, 30, 85, minute=AT + 2) != []


def test_the_policy_says_at_which_risk() -> None:
    """For each campaign; off pauses none, and a later policy counts from when it is there."""
    campaigns = Campaigns()
    campaigns.policy(None)
    assert campaigns.see(100) == []
    campaigns.policy(30, "b")
    assert campaigns.see(29, minute=AT + 1) == []
    assert len(campaigns.see(35, minute=AT + 2)) == 1


def test_minutes_that_were_followed_end_no_case() -> None:
    """All that is derived anew goes through half of what happened: its risk is no risk."""
    campaigns = Campaigns()
    campaigns.see(85)
    campaigns.person(paused=False, at=NOW + 1)
    followed = AlertState(followed=Minute(AT + 9), floor=Minute(AT + 9))
    assert campaigns.see(10, 90, minute=AT + 8, alerts=followed) == []
    assert campaigns.see(10, 90, minute=AT + 9, alerts=followed) == []
    assert len(campaigns.see(10, 90, minute=AT + 10, alerts=followed, now=NOW + 2)) == 1


def test_minutes_that_were_told_before_all_was_derived_anew_begin_no_case() -> None:
    """Those after them do."""
    campaigns = Campaigns()
    floor = AlertState(floor=Minute(AT))
    assert campaigns.see(90, alerts=floor) == []
    assert len(campaigns.see(90, minute=AT + 1, alerts=floor)) == 1
