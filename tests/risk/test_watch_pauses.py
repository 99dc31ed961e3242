from __future__ import annotations

from collections.abc import Sequence

from pipeline.accounts import add_policies
from pipeline.alerts import AlertChange
from pipeline.events import Milliseconds
from pipeline.outputs import feed_outputs, read_campaign, review_output
from pipeline.pauses import Decision, Pause
from pipeline.risk import News, Watched, watch
from pipeline.topics import Topic
from tests.folds._policies import Override, Policy
from tests.folds._system import MemoryState
from tests.outputs._story import changes_of
from tests.reference import model
from tests.reference._story import NOON, touch
from tests.reference.model import DAY, HOUR
from tests.risk.test_watch import BLAST, CAMPAIGN, LATER


class Watcher:
    """Both states of a partition of campaigns, which hear of the blast and of pauses."""

    def __init__(self, told: MemoryState | None = None) -> None:
        self.state = MemoryState()
        self.told = told or MemoryState()

    def hear(
        self, *batches: Sequence[model.Event], pauses: Sequence[Pause] = (), now: int = LATER
    ) -> Watched:
        """Take what the last of these batches brings, and what was decided."""
        outputs = feed_outputs(changes_of(*batches), 1) if batches else []
        feed = [each.value for each in outputs if each.topic == Topic.CAMPAIGN_TOUCHES]
        return self._take([value for value in feed if value is not None], pauses, now)

    def review(self, now: int) -> Watched:
        """Look at the campaign again, of which nothing is new."""
        value = review_output(CAMPAIGN, 1).value
        assert value is not None
        return self._take([value], (), now)

    def _take(self, values: Sequence[bytes], pauses: Sequence[Pause], now: int) -> Watched:
        read = [read_campaign(value) for value in values]
        news = News(
            risk=[update for each in read for update in each.risk],
            copies=[update for each in read for update in each.copies],
            pauses=pauses,
            reviews={each.campaign for each in read if each.is_review},
        )
        return watch(self.state, self.told, news, Milliseconds(now))


def decided(at: int, *, paused: bool) -> Pause:
    """Return what a person decides about the blast."""
    return Decision("blast", paused=paused).made_at(Milliseconds(at))


def test_a_blast_pauses_itself_and_everybody_is_told_so() -> None:
    """Once, in the row of its risk and in its alert; what is told later says so, too."""
    watcher = Watcher()
    first = watcher.hear(BLAST)
    (pause,) = first.pauses
    assert (pause.campaign_id, pause.at, pause.paused) == ("blast", LATER, True)
    assert [row.paused for row in first.risks] == [True]
    assert {row.alert.paused for row in first.alerts} == {True}

    assert watcher.hear(pauses=[pause]).pauses == []
    over = watcher.review(LATER + 12 * DAY)
    assert [row.alert.change for row in over.alerts][-1] is AlertChange.RESOLVED
    assert (over.alerts[-1].alert.paused, over.pauses) == (True, [])


def test_a_person_is_heard_at_once() -> None:
    """The row of the campaign is written anew, though nothing was sent."""
    watcher = Watcher()
    watcher.hear(BLAST)
    resumed = watcher.hear(pauses=[decided(LATER + 1, paused=False)])
    assert [(row.paused, row.withdrawn) for row in resumed.risks] == [(False, False)]
    assert resumed.pauses == []
    again = watcher.hear(pauses=[decided(LATER + 2, paused=True)])
    assert [row.paused for row in again.risks] == [True]


def test_a_campaign_that_nobody_knows_yet_has_no_row() -> None:
    """It is paused all the same when its first message comes."""
    watcher = Watcher()
    assert watcher.hear(pauses=[decided(NOON, paused=True)]).risks == []
    watched = watcher.hear(BLAST[:1])
    assert [row.paused for row in watched.risks] == [True]


def test_what_is_derived_anew_pauses_nobody_again() -> None:
    """A person has let the campaign go on, and that stands in the log."""
    watcher = Watcher()
    (pause,) = watcher.hear(BLAST).pauses
    resumption = decided(LATER + 1, paused=False)
    watcher.hear(pauses=[resumption])

    anew = Watcher(watcher.told)
    watched = [
        anew.hear(BLAST[:20], now=LATER + HOUR),
        anew.hear(pauses=[pause, resumption], now=LATER + HOUR),
        anew.hear(BLAST[:20], BLAST[20:], now=LATER + HOUR),
    ]

    assert [each.pauses for each in watched] == [[], [], []]
    assert [row.paused for row in watched[-1].risks] == [False]


def test_who_pauses_sooner_is_told_sooner() -> None:
    """No campaign is paused of which nobody hears: an alert opens where the policy pauses."""
    few = [
        touch(f"s{n}", NOON + n * 20 * 60_000, creator_id=f"s{n}", campaign_id="blast")
        for n in range(12)
    ]
    usual, cautious = Watcher(), Watcher()
    override = Override({"pause_at": 30}, campaign="blast")
    add_policies(cautious.state, [Policy(model.Limits(), (override,)).in_force("cautious")])

    assert (usual.hear(few, now=LATER + 3 * HOUR).alerts) == []
    watched = cautious.hear(few, now=LATER + 3 * HOUR)

    assert [pause.paused for pause in watched.pauses] == [True]
    assert [row.alert.change for row in watched.alerts] == [AlertChange.OPENED]
    assert 30 <= watched.alerts[0].alert.risk < 60
    assert watched.alerts[0].alert.paused
