"""What campaigns do, and what is said of it, for tests."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st

from pipeline.campaigns import Campaign
from pipeline.conversation import Phase
from pipeline.events import AccountId, CampaignId, Milliseconds, Platform, WorkspaceId
from pipeline.replies import ReplyClass
from pipeline.risk import (
    DEFAULT_RISK_SETTINGS,
    Behaviour,
    BrokenRules,
    Conduct,
    Given,
    Minute,
    Risk,
    RiskSettings,
    RiskUpdate,
    assess,
    fold_risk,
    read_behaviour,
)
from pipeline.rules import RuleCode
from pipeline.signals import SignalCode
from tests.folds._system import MemoryState

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
SPRING = Campaign(WorkspaceId("default"), CampaignId("spring"))
AUTUMN = Campaign(WorkspaceId("default"), CampaignId("autumn"))
START = 20_000 * DAY

Facts = Conduct | BrokenRules


def opener(
    at: int,
    *signals: SignalCode,
    account: str = "a1",
    quality: int | None = 75,
    rules: Iterable[RuleCode] = (),
    reply: ReplyClass | None = None,
    replied_after: int = HOUR,
    read: bool | None = None,
) -> Conduct:
    """Return an opener that was sent so many milliseconds after the start."""
    sent = Milliseconds(START + at)
    return Conduct(
        sent,
        Platform.INSTAGRAM,
        AccountId(account),
        Phase.OUTREACH,
        sent,
        opens_attempt=True,
        rules=frozenset(rules),
        signals=frozenset(signals),
        quality=quality,
        replied_at=None if reply is None else Milliseconds(sent + replied_after),
        reply_class=reply,
        read=read,
    )


def follow_up(
    at: int,
    *signals: SignalCode,
    opened_at: int = 0,
    account: str = "a1",
    rules: Iterable[RuleCode] = (),
) -> Conduct:
    """Return a follow-up to an opener, likewise."""
    return opener(at, *signals, account=account, rules=rules)._replace(
        attempt_started_at=Milliseconds(START + opened_at), opens_attempt=False
    )


def told(facts: Iterable[Facts], campaign: Campaign = SPRING) -> list[RiskUpdate]:
    """Return what is said of touches for the first time."""
    return [RiskUpdate(campaign, None, each) for each in facts]


def folded(facts: Iterable[Facts], settings: RiskSettings = DEFAULT_RISK_SETTINGS) -> MemoryState:
    """Return the state after one batch."""
    state = MemoryState()
    fold_risk(state, told(facts), settings)
    return state


def minute_at(at: int) -> Minute:
    """Return the minute that lies so many milliseconds after the start."""
    return Minute((START + at) // MINUTE)


def behaviour_of(
    facts: Iterable[Facts], at: int, settings: RiskSettings = DEFAULT_RISK_SETTINGS
) -> Behaviour:
    """Return what a campaign did, as it is seen so many milliseconds after the start."""
    return read_behaviour(folded(facts, settings), SPRING, minute_at(at), settings)


def risk_of(facts: Iterable[Facts], at: int, given: Given | None = None) -> Risk:
    """Return the risk of a campaign so many milliseconds after the start."""
    return assess(behaviour_of(facts, at), given or Given())


def conducts() -> st.SearchStrategy[Facts]:
    """Draw what a touch may be like, over some days that lie around the edges of windows."""
    rules = st.frozensets(st.sampled_from(RuleCode), max_size=2)
    return st.one_of(_conducts(rules), st.builds(BrokenRules, _TIMES, rules))


_TIMES = st.one_of(
    st.integers(0, 3 * HOUR),
    st.sampled_from([day * DAY + HOUR + shift for day in range(12) for shift in (-1, 0, 1)]),
).map(lambda at: Milliseconds(START + at))


@st.composite
def _conducts(draw: st.DrawFn, rules: st.SearchStrategy[frozenset[RuleCode]]) -> Conduct:
    at = draw(_TIMES)
    opens = draw(st.booleans())
    reply = draw(
        st.one_of(st.none(), st.tuples(st.integers(0, 5 * DAY), st.sampled_from(ReplyClass)))
    )
    return Conduct(
        at,
        Platform.X,
        AccountId(draw(st.sampled_from(("a1", "a2")))),
        draw(st.sampled_from(Phase)),
        at if opens else Milliseconds(min(at, draw(_TIMES))),
        opens,
        draw(rules),
        draw(st.frozensets(st.sampled_from(SignalCode), max_size=3)),
        draw(st.one_of(st.none(), st.integers(0, 100))),
        Milliseconds(at + reply[0]) if reply else None,
        reply[1] if reply else None,
        draw(st.sampled_from((None, True, False))),
    )


def stories() -> st.SearchStrategy[list[list[Facts | None]]]:
    """Draw what is said of some touches: some change, or go."""
    story = st.lists(st.one_of(conducts(), st.none()), min_size=1, max_size=3)
    return st.lists(story, max_size=12)
