"""Which policy is in force at a moment."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from pipeline.events import Milliseconds
from pipeline.policy import DEFAULT_POLICY, Policy, PolicyTimeline
from tests.policy.samples import limits, own_document

Entry = tuple[Milliseconds | None, str, Policy]


def policy(max_follow_ups: int) -> Policy:
    """Make a policy that is known by its greatest step."""
    return Policy.from_document(own_document({"rules": {"max_follow_ups": max_follow_ups}}))


POLICIES = [policy(number) for number in range(4)]
MOMENTS = [Milliseconds(number) for number in range(8)]


def known_by(timeline: PolicyTimeline, moment: int) -> int | None:
    """Tell which of the policies above is in force."""
    return limits(timeline.at(Milliseconds(moment))).max_follow_ups


def test_without_a_policy_the_defaults_apply() -> None:
    """An empty timeline answers with the shipped defaults at any moment."""
    assert PolicyTimeline.of([]).at(Milliseconds(5)) is DEFAULT_POLICY


def test_each_policy_is_in_force_until_the_next() -> None:
    """A policy applies from its own moment on, and the first before it, too."""
    timeline = PolicyTimeline.of(
        [(Milliseconds(20), "b", POLICIES[1]), (Milliseconds(10), "a", POLICIES[0])]
    )
    assert [known_by(timeline, moment) for moment in (0, 9, 10, 19, 20, 99)] == [0, 0, 0, 0, 1, 1]


def test_a_policy_without_a_moment_is_in_force_from_the_beginning() -> None:
    """No `effective_from` comes before every moment, 1970 included."""
    timeline = PolicyTimeline.of([(None, "z", POLICIES[0]), (Milliseconds(0), "a", POLICIES[1])])
    assert (known_by(timeline, -1), known_by(timeline, 0)) == (0, 1)


def test_of_several_at_once_the_greatest_id_counts() -> None:
    """Two policies of one moment are told apart by their ids, not by the order they came in."""
    entries: list[Entry] = [(None, "b", POLICIES[1]), (None, "a", POLICIES[0])]
    assert known_by(PolicyTimeline.of(entries), 5) == known_by(PolicyTimeline.of(entries[::-1]), 5)
    assert known_by(PolicyTimeline.of(entries), 5) == 1


def test_a_timeline_never_changes() -> None:
    """Adding gives a new timeline; adding what is there already gives the same."""
    before = PolicyTimeline.of([(Milliseconds(10), "a", POLICIES[0])])
    after = before.with_policy(Milliseconds(20), "b", POLICIES[1])
    assert (known_by(before, 30), known_by(after, 30)) == (0, 1)
    assert after.with_policy(Milliseconds(20), "b", policy(1)) is after
    assert after != before


entries_drawn = st.lists(
    st.tuples(
        st.none() | st.sampled_from(MOMENTS), st.sampled_from("abc"), st.sampled_from(POLICIES)
    ),
    min_size=1,
    max_size=6,
)


@given(entries_drawn, st.randoms(use_true_random=False), st.sampled_from(MOMENTS))
def test_order_of_arrival_means_nothing(
    entries: list[Entry], random: Random, moment: Milliseconds
) -> None:
    """One by one and in any order, with repeats, the same set gives the same answers."""
    shuffled = entries * 2
    random.shuffle(shuffled)
    timeline = PolicyTimeline.of([])
    for start, policy_id, entry in shuffled:
        timeline = timeline.with_policy(start, policy_id, entry)
    assert timeline == PolicyTimeline.of(entries)
    assert hash(timeline) == hash(PolicyTimeline.of(entries))
    begun = [entry for entry in entries if entry[0] is None or entry[0] <= moment]
    first = min((-1 if start is None else start) for start, _, _ in entries)
    begun = begun or [entry for entry in entries if entry[0] == first]
    expected = max(
        begun,
        key=lambda entry: (-1 if entry[0] is None else entry[0], entry[1], entry[2].document()),
    )
    assert timeline.at(moment) == expected[2]
