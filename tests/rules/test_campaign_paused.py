from pipeline.conversation import Phase
from pipeline.events import CampaignId, Milliseconds, WorkspaceId
from pipeline.pauses import Pause, PausedBy, PauseId
from pipeline.policy import Limits
from pipeline.rules import CONVERSATION_RULES, Findings, InConversation, RuleCode, broken
from tests.conversation._story import NOON, sent, touches

ON = Limits(campaign_paused=True)


def pause(
    by: PausedBy = PausedBy.PERSON, *reasons: str, name: str = "", paused: bool = True
) -> Pause:
    """Return what was decided of the campaign at noon."""
    at, campaign = Milliseconds(NOON), CampaignId("spring")
    return Pause(
        PauseId("p"),
        WorkspaceId("w"),
        campaign,
        at,
        paused=paused,
        by=by,
        name=name,
        reasons=reasons,
    )


def found(limits: Limits, last: Pause | None, phase: Phase = Phase.OUTREACH) -> Findings:
    """Return what a touch breaks of whose campaign this was decided last."""
    facts = touches(sent("m1", NOON))["m1"]
    return broken(CONVERSATION_RULES, limits, phase, InConversation(facts, "UTC", last))


def test_a_paused_campaign_approaches_nobody() -> None:
    """While it is not paused, was never or is not any more, it may."""
    assert set(found(ON, pause())) == {RuleCode.CAMPAIGN_PAUSED}
    assert found(ON, pause(paused=False)) == {}
    assert found(ON, None) == {}


def test_it_binds_the_outreach_phase_and_may_be_off() -> None:
    """Who has answered may be written to."""
    assert found(ON, pause(), Phase.CONVERSATION) == {}
    assert found(Limits(), pause()) == {}


def test_the_detail_names_who_paused_it_when_and_why() -> None:
    """The gravest reason is enough."""
    code = RuleCode.CAMPAIGN_PAUSED
    assert found(ON, pause(name="tess"))[code] == (
        "tess paused the campaign at 2024-01-09T12:00:00Z"
    )
    by_risk = found(ON, pause(PausedBy.RISK, "40 messages are copies", "9 opted out"))
    assert by_risk[code] == (
        "its spam risk paused the campaign at 2024-01-09T12:00:00Z: 40 messages are copies"
    )
