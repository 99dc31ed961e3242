from __future__ import annotations

import random

import pytest

from pipeline.alerts import AlertChange
from pipeline.risk import Follow
from tests.reference._story import NOON, touch
from tests.reference.model import DAY, HOUR, Event
from tests.risk.test_watch import BLAST, CAMPAIGN, LATER, Watcher, changes

MINUTE = 60_000
LONG_AFTER = NOON + 30 * DAY


def personal(number: int) -> str:
    """Return a text of which nobody else gets a part."""
    words = random.Random(number)
    own = ("".join(words.choices("abcdefghiklmnoprstu", k=7)) for _ in range(30))
    return f"Your film of {' '.join(own)} stayed with me."


OPENERS = [
    touch(f"o{n}", NOON + n * MINUTE, creator_id=f"c{n}", campaign_id="blast", body=personal(n))
    for n in range(40)
]
FOLLOW_UPS = [
    touch(
        f"f{n}",
        NOON + 3 * DAY + n * MINUTE,
        creator_id=f"c{n}",
        campaign_id="blast",
        type="follow_up",
        body="Just bringing this back up, in case it got buried under everything else.",
    )
    for n in range(40)
]


def test_follow_ups_that_come_before_their_openers_open_no_alert() -> None:
    """Taken for openers, they are copies of one text; that is how much it matters to wait."""
    hasty, patient = Watcher(), Watcher()
    assert changes(hasty.hear(FOLLOW_UPS, now=LONG_AFTER))[0] is AlertChange.OPENED

    assert patient.hear(FOLLOW_UPS, now=LONG_AFTER, follow=Follow.NOTHING) == []
    assert patient.hear(FOLLOW_UPS, OPENERS, now=LONG_AFTER) == []


@pytest.mark.parametrize("cuts", [(20,), (5, 10, 30), tuple(range(1, 40))])
def test_what_is_deferred_is_followed_as_if_it_had_come_at_once(cuts: tuple[int, ...]) -> None:
    """However it was cut, and also if nothing new comes with the review."""
    at_once, in_parts = Watcher(), Watcher()
    expected = at_once.hear(BLAST)

    batches: list[list[Event]] = []
    for start, stop in zip((0, *cuts), (*cuts, len(BLAST)), strict=True):
        batches.append(BLAST[start:stop])
        assert in_parts.hear(*batches, follow=Follow.NOTHING) == []
    reviewed = in_parts.review(LATER)

    assert reviewed.alerts == expected
    assert [row.campaign for row in reviewed.risks] == [CAMPAIGN]
    # The next review finds nothing left.
    assert in_parts.review(LATER).risks == []


def test_each_deferred_campaign_asks_for_its_review_until_it_is_followed() -> None:
    """A review that comes too early is not lost, either."""
    watcher = Watcher()
    watcher.hear(BLAST, follow=Follow.NOTHING)
    for _ in range(2):
        early = watcher.review(LATER, Follow.NOTHING)
        assert (early.deferred, early.risks, early.alerts) == ([CAMPAIGN], [], [])

    assert watcher.review(LATER).deferred == []


@pytest.mark.parametrize(("now", "is_heard"), [(LATER, True), (LATER + 2 * HOUR, False)])
def test_people_hear_of_the_newest_hour_meanwhile(now: int, is_heard: bool) -> None:  # noqa: FBT001 - what is expected
    """Only of that; what is older still waits for all that belongs to it."""
    watcher = Watcher()

    told = changes(watcher.hear(BLAST, now=now, follow=Follow.NEWEST))

    assert (AlertChange.OPENED in told) is is_heard
    assert watcher.review(now, Follow.NOTHING).deferred == [CAMPAIGN]


def test_nothing_is_told_twice_once_all_is_followed() -> None:
    """The hour that people have heard of already is gone through again, and says nothing new."""
    watcher, at_once = Watcher(), Watcher()
    first = watcher.hear(BLAST, follow=Follow.NEWEST)
    then = watcher.review(LATER).alerts

    assert changes([*first, *then]).count(AlertChange.OPENED) == 1
    assert [row.alert.alert_id for row in first][:1] == [
        row.alert.alert_id for row in at_once.hear(BLAST)
    ][:1]
