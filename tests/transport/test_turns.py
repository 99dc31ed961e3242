from __future__ import annotations

from collections import Counter

from faust.types import TP
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.transport._turns import Turns

partitions = st.sets(st.builds(TP, st.sampled_from(["a", "b", "c"]), st.integers(0, 5)), min_size=1)


@settings(deadline=None)
@given(partitions=partitions)
def test_everybody_once_a_round(partitions: set[TP]) -> None:
    """In each round every partition has one turn."""
    turns = Turns()
    for _ in range(7):
        assert Counter(turns.next_round(partitions)) == Counter(partitions)


@settings(deadline=None)
@given(partitions=partitions)
def test_every_topic_comes_first(partitions: set[TP]) -> None:
    """In as many rounds as there are topics, each of them has been first."""
    topics = {tp.topic for tp in partitions}
    turns = Turns()
    assert {turns.next_round(partitions)[0].topic for _ in topics} == topics


def test_no_partitions() -> None:
    """Without partitions there is nobody's turn."""
    assert Turns().next_round(set()) == []
