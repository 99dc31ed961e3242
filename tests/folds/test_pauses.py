from __future__ import annotations

from collections.abc import Iterable

from pipeline.accounts import Account, AccountChanges
from pipeline.accounts._active_days import touches_within
from pipeline.accounts._state import DayTouch
from pipeline.events import AccountId, Milliseconds, Platform, WorkspaceId
from pipeline.keyed import Kind
from pipeline.pauses import Interval
from tests.folds._drawn import parsed
from tests.folds._pauses import paused, resumed
from tests.folds._policies import Override, Policy
from tests.folds._story import Item, arrived, breaking, policy
from tests.folds._system import MemoryState, System, Value
from tests.reference import model
from tests.reference._story import NOON, reply, touch
from tests.reference.model import DAY, HOUR

LINKEDIN = model.default_limits("", "linkedin", "", "")


def days(*messages: str) -> list[model.Event]:
    """Return openers of one account to different creators, one a day from noon on."""
    return [
        touch(message, NOON + day * DAY, creator_id=message) for day, message in enumerate(messages)
    ]


def test_a_touch_of_a_paused_campaign_is_a_violation_until_it_goes_on() -> None:
    """From its own moment on, whichever comes first, to before the moment of the resumption."""
    story = days("m0", "m1", "m2", "m3")
    pause, resumption = paused(NOON + DAY), resumed(NOON + 3 * DAY)
    assert breaking("campaign_paused", *story) == set()
    assert breaking("campaign_paused", *story, pause) == {"m1", "m2", "m3"}
    assert breaking("campaign_paused", *story, pause, resumption) == {"m1", "m2"}
    assert breaking("campaign_paused", *story, resumption) == set()


def test_a_pause_that_comes_late_is_as_good_as_one_in_time() -> None:
    """It lies between others then, and changes what they would say without it."""
    story = days("m0", "m1", "m2", "m3")
    again, over = paused(NOON + 2 * DAY, "p3"), resumed(NOON + DAY)
    assert breaking("campaign_paused", *story, again, over, paused(NOON)) == {"m0", "m2", "m3"}


def test_it_binds_the_outreach_of_its_campaign_only() -> None:
    """Who has answered may be written to; other campaigns and workspaces go on."""
    story = [
        touch("m1", NOON),
        touch("k1", NOON + 1, creator_id="c2", campaign_id="autumn"),
        touch("w1", NOON + 2, workspace="north"),
        touch("n1", NOON + 3, creator_id="c3"),
        reply("r1", NOON + HOUR, creator_id="c3"),
        touch("n2", NOON + 2 * HOUR, creator_id="c3"),
    ]
    assert breaking("campaign_paused", *story, paused(NOON)) == {"m1", "n1"}


def test_a_policy_may_switch_it_off() -> None:
    """For everyone, or for those whom an override names."""
    on = policy("one")
    story: list[Item] = [*days("m0", "m1"), paused(NOON)]
    assert breaking("campaign_paused", *story, on) == {"m0", "m1"}
    off = Policy(model.Limits(campaign_paused=False)).in_force("two")
    assert breaking("campaign_paused", *story, off) == set()
    for_one = Override({"campaign_paused": False}, account="a1")
    assert breaking("campaign_paused", *story, Policy(LINKEDIN, (for_one,)).in_force("a")) == set()


def test_a_touch_that_inherits_its_campaign_is_paused_with_it() -> None:
    """Also where it learns late whose it is."""
    story = [touch("m1", NOON), touch("m2", NOON + DAY, campaign_id=None)]
    assert breaking("campaign_paused", *story, paused(NOON + HOUR)) == {"m2"}


def test_the_detail_says_who_paused_it_and_why() -> None:
    """Of several pauses in a row it names the latest."""
    system = System()
    system.events([parsed(each) for each in days("m0")])
    changes = system.pauses(paused(NOON - HOUR), paused(NOON, "p3"))
    (row,) = changes.violations.values()
    assert row.detail == "a person paused the campaign at 2024-01-09T12:00:00Z"


def test_a_pause_that_is_known_changes_nothing() -> None:
    """Its id tells it; and one of a campaign that nobody knows is only remembered."""
    system = System()
    system.events([parsed(each) for each in days("m0", "m1")])
    assert system.pauses(paused(NOON)).violations
    before = system.state()
    assert system.pauses(paused(NOON), paused(NOON)) == AccountChanges.none()
    assert system.state() == before
    assert system.pauses(paused(NOON, "p9", "gala")) == AccountChanges.none()


def test_a_paused_campaign_is_told_what_breaks_the_rule() -> None:
    """Its risk counts the violation, and forgets it when the campaign goes on."""
    story = days("m0")
    system = System()
    system.events([parsed(each) for each in story])
    before = system.pauses(paused(NOON))
    assert [(holds, sorted(conduct.rules)) for conduct, holds in before.conduct] == [
        (False, []),
        (True, ["campaign_paused"]),
    ]
    after = system.pauses(resumed(NOON, "p9"))
    assert [holds for _, holds in after.conduct] == [False, True]
    assert [row.detail for row in after.violations.values()] == [None]


def test_a_pause_changes_no_touch_and_no_rate() -> None:
    """Steps, phases, credits and rates owe nothing to it."""
    story = [touch("m1", NOON), reply("r1", NOON + 1)]
    kept, with_pause = arrived(*story), arrived(*story, paused(NOON))
    assert with_pause.touches == kept.touches
    assert with_pause.response_rates == kept.response_rates


class CountingState(MemoryState):
    """A state that knows which keys were read."""

    def __init__(self, data: dict[str, bytes]) -> None:
        super().__init__()
        self.data = data
        self.read: set[str] = set()

    def get(self, kind: Kind[Value], key: str) -> Value | None:
        """Note the key."""
        self.read.add(kind.prefix + key)
        return super().get(kind, key)


def messages(found: Iterable[tuple[Account, DayTouch]]) -> list[str]:
    """Return which touches were found."""
    return [touch.message_id for _, touch in found]


def test_a_pause_reads_the_days_since_it_holds_and_no_others() -> None:
    """What was sent before is not even looked at, nor what other workspaces sent."""
    system = System()
    story = [*days("m0", "m1", "m2"), touch("w1", NOON + 2 * DAY, workspace="north")]
    system.events([parsed(each) for each in story])
    state = CountingState(system.state()[0])
    default = WorkspaceId("default")
    since = Interval(Milliseconds(NOON + DAY), None)
    assert messages(touches_within(state, default, since)) == ["m1", "m2"]
    days_read = {key for key in state.read if key.startswith("d")}
    first = NOON // DAY
    assert days_read == {f'd["default","linkedin","a1",{day}]' for day in (first + 1, first + 2)}
    until = Interval(Milliseconds(NOON), Milliseconds(NOON + DAY))
    assert messages(touches_within(state, default, until)) == ["m0"]
    account = Account(default, Platform.LINKEDIN, AccountId("a1"))
    assert {each for each, _ in touches_within(state, default, until)} == {account}


def test_what_leads_to_touches_follows_from_the_set_of_them() -> None:
    """A message that an earlier one replaces leaves nothing behind, on no day."""
    moved = [
        touch("m1", NOON + 5 * DAY, event_id="e9"),
        touch("m1", NOON, event_id="e1"),
    ]
    there, back = System(), System()
    for each in moved:
        there.events([parsed(each)])
    for each in reversed(moved):
        back.events([parsed(each)])
    assert there.state()[0] == back.state()[0]
