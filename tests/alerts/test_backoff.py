from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.alerts import Backoff
from pipeline.events import Milliseconds

NOW = Milliseconds(1_795_521_600_000)
BACKOFF = Backoff(first=1_000, longest=300_000)


def wait(attempts: int, key: str = "k", asked: int = 0) -> int:
    """Return how long to wait after so many attempts."""
    return BACKOFF.retry_at(NOW, attempts, key, asked) - NOW


@given(st.integers(1, 10_000), st.text(max_size=10))
def test_the_bound_doubles_up_to_the_longest(attempts: int, key: str) -> None:
    """Every wait lies below its bound, and below the longest."""
    assert 0 <= wait(attempts, key) < min(1_000 * 2 ** min(attempts - 1, 20), 300_000)


def test_waits_are_spread_over_all_of_it() -> None:
    """Many that fail together come back one by one."""
    waits = sorted(wait(9, f"key {number}") for number in range(1_000))
    quarters = [sum(at * 64_000 <= each < (at + 1) * 64_000 for each in waits) for at in range(4)]
    assert all(200 < count < 300 for count in quarters)


def test_the_same_try_waits_as_long_everywhere() -> None:
    """Chance comes from the key and the number of the attempt alone."""
    assert wait(5, "one") == wait(5, "one")
    assert len({wait(attempts, "one") for attempts in range(9, 30)}) > 15


def test_what_a_receiver_asks_for_is_granted_within_reason() -> None:
    """It waits at least as long as asked, but no longer than an hour for that."""
    assert wait(1, asked=120_000) == 120_000
    assert wait(1, asked=10**12) == 3_600_000
