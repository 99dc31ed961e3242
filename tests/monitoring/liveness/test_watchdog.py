from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.monitoring.liveness import Observation, Phase, Sign, Standstill, Watchdog
from pipeline.transport import Standing

PATIENCE = 30.0
MINUTE = 60


class Clocked:
    """A watchdog and a clock that a test turns, second by second."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.dog = Watchdog(PATIENCE, self.now)
        self.signs: dict[str, Sign] = {}
        self.seen: Observation | None = None

    def see(self, **changes: Standing) -> list[Standstill]:
        """Let a second pass, in which the event loop sees these; partitions are their names."""
        return self.see_phase(Phase.RUNNING, {(name, 0): each for name, each in changes.items()})

    def see_phase(
        self,
        phase: Phase,
        standings: Mapping[tuple[str, int], Standing] | None = None,
        steps: int = 0,
        *,
        log_answers: bool = True,
    ) -> list[Standstill]:
        """Let a second pass, in which the event loop sees this."""
        self.now += 1
        self.seen = Observation(self.now, phase, steps, log_answers, standings or {})
        return self.look()

    def look(self) -> list[Standstill]:
        """Look at what was seen last."""
        return self.dog.look(self.now, self.seen, self.signs)

    def show(self, agent: str, seconds: float = 0.0, *, blocks: bool = False) -> None:
        """Let an agent show a sign of life."""
        self.signs[agent] = Sign(self.now, self.now + seconds, blocks)


def busy(acknowledged: int = 0, agent: str = "reader") -> Standing:
    """Return the standing of an agent that has records."""
    return Standing(
        agent, acknowledged, acknowledged + 10, lag=10, waits=False, records_out=10, oldest=1
    )


def unserved(acknowledged: int = 0) -> Standing:
    """Return the standing of an agent that was not given what there is."""
    return Standing(
        "reader", acknowledged, acknowledged, lag=10, waits=True, records_out=0, oldest=None
    )


IDLE = Standing("reader", 7, 7, lag=0, waits=False, records_out=0, oldest=None)


@pytest.fixture
def clocked() -> Clocked:
    """Return a watchdog that has seen nothing."""
    return Clocked()


def until_stuck(seconds: list[list[Standstill]]) -> int | None:
    """Return in which second something stood still; None if in none."""
    return next((second for second, found in enumerate(seconds) if found), None)


def test_an_agent_that_acknowledges_nothing_is_stuck(clocked: Clocked) -> None:
    """Not as long as there is patience; then it is named, with its partition and records."""
    seconds = [clocked.see(topic=busy()) for _ in range(MINUTE)]
    assert until_stuck(seconds) == PATIENCE + 1
    assert seconds[-1] == [
        Standstill(MINUTE - 1, "agent reader acknowledges none of its 10 records of topic/0")
    ]


def test_records_that_are_not_handed_out_are_noticed(clocked: Clocked) -> None:
    """The agent could do something, and the consumer has come to a stop."""
    seconds = [clocked.see(topic=unserved()) for _ in range(MINUTE)]
    assert until_stuck(seconds) == PATIENCE + 1
    assert seconds[-1][0].what == "nothing of topic/0 is handed to agent reader"


def test_who_has_nothing_to_do_is_not_stuck(clocked: Clocked) -> None:
    """Nothing moves where there is no work, however long."""
    assert until_stuck([clocked.see(topic=IDLE) for _ in range(60 * MINUTE)]) is None


def test_a_partition_waits_while_its_agent_is_busy_with_others(clocked: Clocked) -> None:
    """The agent moves: a restart would not bring the small partition forward."""
    seconds = [clocked.see(large=busy(second), small=busy()) for second in range(60 * MINUTE)]
    assert until_stuck(seconds) is None


def test_one_agent_does_not_stand_for_another(clocked: Clocked) -> None:
    """That others get on helps nobody who waits for this one."""
    seconds = [
        clocked.see(fast=busy(second, "fast"), slow=busy(agent="slow")) for second in range(MINUTE)
    ]
    assert until_stuck(seconds) == PATIENCE + 1
    assert [each.what.split()[1] for each in seconds[-1]] == ["slow"]


def test_an_agent_that_tries_again_and_again_is_alive(clocked: Clocked) -> None:
    """A warehouse that is away for a day: lag grows, and every try and pause is a sign of life."""
    seconds = []
    for second in range(24 * 60 * MINUTE):
        if second % 300 == 0:
            clocked.show("reader", 310.0)
        seconds.append(clocked.see(topic=busy()))
    assert until_stuck(seconds) is None


def test_what_was_begun_may_take_no_longer_than_said(clocked: Clocked) -> None:
    """Then patience begins to run out."""
    clocked.see(topic=busy())
    clocked.show("reader", 100.0)
    seconds = [clocked.see(topic=busy()) for _ in range(200)]
    assert until_stuck(seconds) == 100 + PATIENCE


@pytest.mark.parametrize("phase", [Phase.STARTING, Phase.RECOVERING, Phase.STOPPING])
def test_a_phase_that_does_not_get_on_is_stuck(clocked: Clocked, phase: Phase) -> None:
    """An assignment that never comes, a recovery that reads nothing, a stop that never ends."""
    assert until_stuck([clocked.see_phase(phase) for _ in range(MINUTE)]) == PATIENCE + 1


def test_a_long_recovery_gets_on(clocked: Clocked) -> None:
    """What is read of a changelog counts, however much is left."""
    seconds = [clocked.see_phase(Phase.RECOVERING, steps=read // 20) for read in range(60 * MINUTE)]
    assert until_stuck(seconds) is None


def test_without_its_log_nobody_is_held_to_move(clocked: Clocked) -> None:
    """A restart would bring nothing; once the brokers answer, patience begins anew."""
    away = [
        clocked.see_phase(Phase.RUNNING, {("topic", 0): busy()}, log_answers=False)
        for _ in range(60 * MINUTE)
    ]
    back = [clocked.see(topic=busy()) for _ in range(MINUTE)]
    assert until_stuck(away) is None
    assert until_stuck(back) == PATIENCE


def test_an_event_loop_that_stands_is_noticed(clocked: Clocked) -> None:
    """Nothing is observed any more, and nothing else can be said then."""
    clocked.see(topic=busy())
    seconds = []
    for _ in range(MINUTE):
        clocked.now += 1
        seconds.append(clocked.look())
    assert until_stuck(seconds) == PATIENCE
    assert seconds[-1] == [Standstill(MINUTE, "the event loop does not turn")]


def test_a_loop_that_never_turned_is_noticed(clocked: Clocked) -> None:
    """There need not be an observation for that."""
    seconds = []
    for _ in range(MINUTE):
        clocked.now += 1
        seconds.append(clocked.look())
    assert until_stuck(seconds) == PATIENCE


def test_an_agent_may_hold_up_the_loop_if_it_says_so(clocked: Clocked) -> None:
    """And nobody is blamed afterwards for having stood still meanwhile."""
    clocked.see(mine=busy(), others=busy(agent="other"))
    clocked.show("reader", 3_600.0, blocks=True)
    seconds = []
    for _ in range(50 * MINUTE):
        clocked.now += 1
        seconds.append(clocked.look())
    clocked.show("reader")
    seconds.append(clocked.look())
    seconds += [clocked.see(mine=busy(1), others=busy(agent="other")) for _ in range(20)]
    assert until_stuck(seconds) is None


def test_a_process_that_was_stopped_is_not_blamed(clocked: Clocked) -> None:
    """Whoever freezes a machine freezes the watchdog, too."""
    clocked.see(topic=busy())
    clocked.now += 60 * MINUTE
    assert clocked.look() == []
    assert until_stuck([clocked.see(topic=busy(1)) for _ in range(20)]) is None


GAPS = st.lists(st.integers(1, int(PATIENCE)), min_size=1, max_size=20)


@given(GAPS, st.integers(0, 2))
def test_whatever_moves_within_its_patience_is_left_alone(gaps: list[int], how: int) -> None:
    """By an acknowledgement, by records handed out, by a step of a recovery."""
    clocked = Clocked()
    for moved, gap in enumerate(gaps):
        for _ in range(gap):
            if how == 0:
                found = clocked.see(topic=busy(moved))
            elif how == 1:
                found = clocked.see(topic=unserved(moved))
            else:
                found = clocked.see_phase(Phase.RECOVERING, steps=moved)
            assert found == []


@given(
    before=st.lists(st.sampled_from([IDLE, busy(1), busy(2), unserved(1)]), max_size=int(PATIENCE)),
    last=st.sampled_from([busy(3), unserved(3)]),
)
def test_whatever_happened_before_a_standstill_is_found(
    before: list[Standing], last: Standing
) -> None:
    """Exactly when patience has run out since the last that moved."""
    clocked = Clocked()
    for standing in before:
        assert clocked.see(topic=standing) == []
    seconds = [clocked.see(topic=last) for _ in range(2 * MINUTE)]
    assert until_stuck(seconds) == PATIENCE + 1


def test_many_partitions_are_named_by_a_few(clocked: Clocked) -> None:
    """A message for people stays readable."""
    standings = {("topic", number): busy() for number in range(12)}
    for _ in range(MINUTE):
        found = clocked.see_phase(Phase.RUNNING, standings)
    assert found[0].what == (
        "agent reader acknowledges none of its 120 records of topic/0, topic/1, topic/2 and 9 more"
    )
