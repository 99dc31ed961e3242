from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.state import Cache
from pipeline.state._cache import ENTRY_BYTES, MISSING

ROOM_FOR_TWO = 2 * (ENTRY_BYTES + 1 + 10)


def test_what_was_not_put_is_missing() -> None:
    """An unknown key gives MISSING, which counts as a miss."""
    cache = Cache()
    assert cache.get(1, "a") is MISSING
    assert (cache.hits, cache.misses) == (0, 1)


def test_a_value_is_handed_out_as_it_is() -> None:
    """A hit returns the very object that was put."""
    cache, value = Cache(), object()
    cache.put(1, "a", value, 10)
    assert cache.get(1, "a") is value
    assert (cache.hits, cache.misses) == (1, 0)


def test_nothing_is_a_value_too() -> None:
    """That a key holds nothing can be known, and is not taken for ignorance."""
    cache = Cache()
    cache.put(1, "a", None, 0)
    assert cache.get(1, "a") is None


def test_owners_are_apart() -> None:
    """The same key of two owners is two entries."""
    cache = Cache()
    cache.put(1, "a", "one", 10)
    cache.put(2, "a", "two", 10)
    assert cache.get(1, "a") == "one"
    assert cache.get(2, "a") == "two"


def test_the_least_recently_used_goes_first() -> None:
    """Reading an entry saves it; the one unread longest makes room."""
    cache = Cache(ROOM_FOR_TWO)
    cache.put(1, "a", "one", 10)
    cache.put(1, "b", "two", 10)
    cache.get(1, "a")
    cache.put(1, "c", "three", 10)
    assert cache.get(1, "b") is MISSING
    assert cache.get(1, "a") == "one"
    assert cache.get(1, "c") == "three"


def test_what_is_too_large_is_not_kept() -> None:
    """A value beyond the bound is not cached, displaces nothing, and leaves no older value."""
    cache = Cache(ROOM_FOR_TWO)
    cache.put(1, "a", "one", 10)
    cache.put(1, "b", "two", 10)
    cache.put(1, "a", "huge", ROOM_FOR_TWO)
    assert cache.get(1, "a") is MISSING
    assert cache.get(1, "b") == "two"


def test_a_cache_without_room_keeps_nothing() -> None:
    """Zero bytes switch the cache off; less is a mistake."""
    cache = Cache(0)
    cache.put(1, "a", "one", 10)
    assert len(cache) == 0
    with pytest.raises(ValueError, match="-1 bytes"):
        Cache(-1)


@given(
    st.integers(0, 4000),
    st.lists(st.tuples(st.integers(1, 2), st.sampled_from("abcdefghij"), st.integers(0, 1500))),
)
def test_the_bound_always_holds(max_bytes: int, puts: list[tuple[int, str, int]]) -> None:
    """Whatever is put, the sum of the entries is what is counted, and never beyond the bound."""
    cache = Cache(max_bytes)
    for owner, key, size in puts:
        cache.put(owner, key, size, size)
        assert cache.used_bytes <= max_bytes
    held = [cache.get(owner, key) for owner in (1, 2) for key in "abcdefghij"]
    entries = [size for size in held if size is not MISSING]
    assert cache.used_bytes == sum(size + 1 + ENTRY_BYTES for size in entries)
    assert len(cache) == len(entries)
