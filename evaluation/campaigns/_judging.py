"""The course of a generated campaign's risk, as the pipeline sees it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from evaluation._memory_state import MemoryState
from evaluation.campaigns._rules import broken_rules
from evaluation.campaigns._story import DAY, Story, Touch
from pipeline.campaigns import Campaign
from pipeline.conversation import Phase
from pipeline.copies import (
    CopyUpdate,
    MessageKey,
    Scope,
    Wording,
    fold_copies,
    read_window,
)
from pipeline.events import (
    AccountId,
    CampaignId,
    CreatorId,
    MessageId,
    Milliseconds,
    Platform,
    WorkspaceId,
)
from pipeline.policy import DEFAULT_POLICY
from pipeline.risk import (
    Conduct,
    Given,
    Minute,
    RiskAt,
    RiskUpdate,
    Share,
    course_of,
    fold_risk,
    full_at,
    given_by,
    minute_of,
    minutes_to_assess,
)
from pipeline.rules import RuleCode
from pipeline.signals import Context, Element, judge

_START: Final = 20_000 * DAY
_CAMPAIGN: Final = Campaign(WorkspaceId("default"), CampaignId("judged"))
_SCOPE: Final = Scope("campaign", ("default", "judged"))
_PLATFORM: Final = Platform.INSTAGRAM
_USUALLY_ANSWERED: Final = Share(150, 1_000)
"""How the rest of the workspace fares."""
_AFTERWARDS: Final = 4 * DAY
"""So long after its last touch a campaign is still looked at, as answers come in."""
_LOOKS: Final = 40
"""A course is looked at in so many minutes, evenly chosen from those in which it may change."""


class Outcome(NamedTuple):
    """What became of a story."""

    story: Story
    course: tuple[RiskAt, ...]
    """Its risk in the minutes that were looked at."""

    @property
    def risk(self) -> int:
        """Return how high its risk rises, from 0 to 100: an alert opens when it gets so far."""
        return max(at.risk.score for at in self.course)

    def sent_before(self, threshold: int) -> int | None:
        """Return how many messages were out when the risk reached a threshold, if it did."""
        for minute, risk in self.course:
            if risk.score >= threshold:
                end = full_at(minute)
                return sum(_moment(touch.at) < end for touch in self.story.touches)
        return None


def judged_story(story: Story) -> Outcome:
    """Send every touch of a story, and return the course of its campaign's risk.

    Copies are sought among openers: a follow-up that says the same to everybody is no mail merge.
    """
    risks, copies = MemoryState(), MemoryState()
    fold_risk(risks, (RiskUpdate(_CAMPAIGN, None, each) for each in _conducts(story)))
    fold_copies(copies, (_copy_update(each) for each in story.touches if each.step == 0))
    course = course_of(risks, _CAMPAIGN, _minutes(risks, story), lambda at: _given(copies, at))
    return Outcome(story, tuple(course))


def _conducts(story: Story) -> Iterator[Conduct]:
    limits = DEFAULT_POLICY.limits(
        _CAMPAIGN.workspace, _PLATFORM, AccountId("a1"), _CAMPAIGN.campaign_id
    )
    opened: dict[tuple[str, int], int] = {}
    for touch, rules in broken_rules(story.touches, limits):
        started = opened.setdefault((touch.account, touch.creator), touch.at)
        yield _conduct(touch, rules, started)


def _conduct(touch: Touch, rules: frozenset[RuleCode], started: int) -> Conduct:
    context = Context(
        step=touch.step,
        creator_name=touch.creator_name,
        creator_content=touch.creator_content,
    )
    judgement = judge(touch.body, context)
    at = _moment(touch.at)
    return Conduct(
        occurred_at=at,
        platform=_PLATFORM,
        account_id=AccountId(touch.account),
        phase=Phase.OUTREACH,
        attempt_started_at=_moment(started),
        opens_attempt=touch.step == 0,
        rules=rules,
        signals=frozenset(signal.code for signal in judgement.signals),
        quality=judgement.quality.score,
        replied_at=None if touch.reply is None else Milliseconds(at + touch.replied_after),
        reply_class=touch.reply,
        refers=Element.CONTENT_REFERENCE in judgement.elements,
    )


def _copy_update(touch: Touch) -> CopyUpdate:
    return CopyUpdate(
        _SCOPE,
        MessageKey(_PLATFORM, AccountId(touch.account), MessageId(f"{touch.creator}-{touch.step}")),
        _moment(touch.at),
        CreatorId(str(touch.creator)),
        Wording(touch.body, touch.creator_name or None),
    )


def _minutes(risks: MemoryState, story: Story) -> list[Minute]:
    first = minute_of(Milliseconds(_START))
    last = minute_of(_moment(max(touch.at for touch in story.touches) + _AFTERWARDS))
    minutes = minutes_to_assess(risks, _CAMPAIGN, range(first, last + 1))
    apart = -(-len(minutes) // _LOOKS)
    return minutes[apart - 1 :: apart]


def _given(copies: MemoryState, minute: Minute) -> Given:
    window = read_window(copies, _SCOPE, Milliseconds(full_at(minute) - 1))
    return given_by(window, _USUALLY_ANSWERED)


def _moment(at: int) -> Milliseconds:
    return Milliseconds(_START + at)
