from __future__ import annotations

from collections.abc import Sequence

from pipeline.alerts import AlertChange
from pipeline.campaigns import Campaign
from pipeline.events import CampaignId, Milliseconds, WorkspaceId
from pipeline.outputs import CampaignNews, feed_outputs, read_campaign, review_output
from pipeline.risk import AlertRow, Follow, News, Watched, campaigns_with_open_alert, watch
from pipeline.topics import Topic
from tests.folds._system import MemoryState
from tests.outputs._story import changes_of
from tests.reference import model
from tests.reference._story import NOON, touch
from tests.reference.model import DAY, HOUR

CAMPAIGN = Campaign(WorkspaceId("default"), CampaignId("blast"))
BLAST = [
    touch(f"b{number}", NOON + number * 60_000, creator_id=f"b{number}", campaign_id="blast")
    for number in range(40)
]
LATER = NOON + HOUR


class Watcher:
    """Both states of a partition of campaigns."""

    def __init__(self, told: MemoryState | None = None) -> None:
        self.state = MemoryState()
        self.told = told or MemoryState()

    def hear(
        self,
        *batches: Sequence[model.Event],
        now: int = LATER,
        follow: Follow = Follow.ALL,
    ) -> list[AlertRow]:
        """Take what the last of these batches brings; return what is to be told."""
        outputs = feed_outputs(changes_of(*batches), 1)
        feed = [output.value for output in outputs if output.topic == Topic.CAMPAIGN_TOUCHES]
        return self.take([read_campaign(value) for value in feed if value], now, follow).alerts

    def take(
        self, read: list[CampaignNews], now: int = LATER, follow: Follow = Follow.ALL
    ) -> Watched:
        """Take what is read of the feed."""
        news = News(
            risk=[update for each in read for update in each.risk],
            copies=[update for each in read for update in each.copies],
            reviews={each.campaign for each in read if each.is_review},
        )
        return watch(self.state, self.told, news, Milliseconds(now), follow=follow)

    def review(self, now: int, follow: Follow = Follow.ALL) -> Watched:
        """Look at the campaign again, of which nothing is new."""
        output = review_output(CAMPAIGN, 1)
        assert output.value is not None
        return self.take([read_campaign(output.value)], now, follow)


def changes(alerts: list[AlertRow]) -> list[AlertChange]:
    """Return what has happened to alerts."""
    return [row.alert.change for row in alerts]


def test_an_alert_resolves_by_time_alone() -> None:
    """Nothing new comes of the campaign; the row of its risk stays that of its newest minute."""
    watcher = Watcher()
    opened = watcher.hear(BLAST)
    assert changes(opened)[0] is AlertChange.OPENED
    assert list(campaigns_with_open_alert(watcher.told)) == [CAMPAIGN]

    soon = watcher.review(LATER + HOUR)
    assert AlertChange.RESOLVED not in changes(soon.alerts)
    late = watcher.review(LATER + 12 * DAY)

    assert changes(late.alerts)[-1] is AlertChange.RESOLVED
    assert late.risks == []
    assert list(campaigns_with_open_alert(watcher.told)) == []


def test_nobody_is_told_again_what_is_derived_anew() -> None:
    """What was told outlives the sums; no alert opens, updates or resolves on the way back."""
    watcher = Watcher()
    assert watcher.hear(BLAST)

    anew = Watcher(watcher.told)
    told = [anew.hear(BLAST[:20]), anew.hear(BLAST[:20], BLAST[20:])]

    assert told == [[], []]
    assert list(campaigns_with_open_alert(anew.told)) == [CAMPAIGN]


def test_messages_of_the_future_tell_nobody_anything_yet() -> None:
    """They would make a thing of the past of all that is now."""
    ahead = [
        touch(f"f{number}", NOON + DAY + number, creator_id=f"f{number}", campaign_id="blast")
        for number in range(40)
    ]
    watcher = Watcher()

    assert watcher.hear(ahead) == []
    assert changes(watcher.hear(ahead, BLAST))[0] is AlertChange.OPENED


def test_clocks_may_be_a_little_ahead() -> None:
    """The message that tips a campaign counts at once, also when its time is still to come."""
    watcher = Watcher()

    told = watcher.hear(BLAST, now=NOON + 35 * 60_000)

    assert changes(told)[0] is AlertChange.OPENED
    assert AlertChange.RESOLVED not in changes(watcher.review(NOON + 37 * 60_000).alerts)


def test_a_campaign_that_loses_all_its_touches_has_no_row() -> None:
    """They turn out to be another's: the row is withdrawn."""
    first = [touch("m1", NOON, campaign_id="blast")]
    moves = [touch("m1", NOON, event_id="a", campaign_id="spring")]
    watcher = Watcher()
    watcher.hear(first)

    outputs = feed_outputs(changes_of(first, moves), 1)
    feed = [output.value for output in outputs if output.topic == Topic.CAMPAIGN_TOUCHES]
    risks = watcher.take([read_campaign(value) for value in feed if value]).risks

    assert {row.campaign.campaign_id: row.withdrawn for row in risks} == {
        "blast": True,
        "spring": False,
    }
