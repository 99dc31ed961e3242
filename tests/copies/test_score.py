from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.copies import cluster_score, lockstep_score
from tests.copies._sent import HOUR, Sent, clusters_of, merged, to_each

COUNTS = st.integers(0, 100_000)
SHARES = st.floats(0, 1)


@given(COUNTS, COUNTS, COUNTS, SHARES, st.tuples(COUNTS, COUNTS, COUNTS, SHARES))
def test_more_is_never_less_grave(
    size: int, creators: int, burst: int, share: float, more: tuple[int, int, int, float]
) -> None:
    """A score lies between 0 and 100, and never falls when size, creators, burst or share grow."""
    score = cluster_score(size, creators, burst, share)
    assert 0 <= score <= 100
    assert score <= cluster_score(size + more[0], creators, burst, share)
    assert score <= cluster_score(size, creators + more[1], burst, share)
    assert score <= cluster_score(size, creators, burst + more[2], share)
    assert score <= cluster_score(size, creators, burst, max(share, more[3]))


@given(COUNTS, COUNTS, st.tuples(COUNTS, COUNTS))
def test_more_lockstep_is_never_less_grave(
    creators: int, accounts: int, more: tuple[int, int]
) -> None:
    """The same holds of lockstep, for its creators and its accounts."""
    score = lockstep_score(creators, accounts)
    assert 0 <= score <= 100
    assert score <= lockstep_score(creators + more[0], accounts)
    assert score <= lockstep_score(creators, accounts + more[1])


@given(st.integers(2, 40), st.integers(0, 20))
def test_another_copy_makes_a_cluster_no_less_grave(count: int, more: int) -> None:
    """The gravest cluster of a campaign keeps its score at least when further copies are sent."""
    sent = to_each([merged("Anna")] * (count + more))
    assert clusters_of(sent[:count])[0].score <= clusters_of(sent)[0].score


def test_a_burst_is_graver_than_the_same_spread_out() -> None:
    """Thirty copies in half an hour score higher than over a day, and either much above three."""
    fast = clusters_of([Sent(n, merged("Anna"), at=n * 60_000) for n in range(30)])[0]
    slow = clusters_of([Sent(n, merged("Anna"), at=n * HOUR // 2) for n in range(30)])[0]
    few = clusters_of(to_each([merged("Anna")] * 3))[0]
    assert fast.score > slow.score > 30
    assert few.score < 5
