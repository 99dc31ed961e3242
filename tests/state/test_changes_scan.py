from __future__ import annotations

from pipeline.state import Cache, Changes, PartitionStore
from tests.state._values import NOTE, STREAK, Note, Streak, commit


def test_scan_sees_the_writes_of_the_batch(
    store: PartitionStore, cache: Cache, changes: Changes
) -> None:
    """Stored and own values come in one order; deleted ones and other kinds do not come."""
    for key in ("a", "c", "e"):
        changes.put(STREAK, key, Streak(1))
    changes.put(NOTE, "b", Note("other kind"))
    commit(changes, 0)
    later = Changes(store, cache)
    later.put(STREAK, "c", Streak(2))
    later.put(STREAK, "d", Streak(3))
    later.delete(STREAK, "e")
    assert list(later.scan(STREAK)) == [("a", Streak(1)), ("c", Streak(2)), ("d", Streak(3))]
    assert [key for key, _ in later.scan(STREAK, after="a")] == ["c", "d"]
    assert [key for key, _ in later.scan(STREAK, prefix="d")] == ["d"]


def test_scan_may_change_what_it_passes(
    store: PartitionStore, cache: Cache, changes: Changes
) -> None:
    """Every value can be rewritten on the way, and each is visited once."""
    for number in range(600):
        changes.put(STREAK, f"{number:04}", Streak(number))
    commit(changes, 0)
    audit = Changes(store, cache)
    visited = 0
    for key, streak in audit.scan(STREAK):
        audit.put(STREAK, key, Streak(streak.touches + 1))
        visited += 1
    assert visited == 600
    assert len(commit(audit, 1)) == 600
    assert Changes(store, cache).get(STREAK, "0599") == Streak(600)


def test_scan_leaves_the_cache_alone(store: PartitionStore, changes: Changes) -> None:
    """A pass over everything displaces nothing that is in use."""
    for number in range(600):
        changes.put(STREAK, f"{number:04}", Streak(number))
    commit(changes, 0)
    cache = Cache()
    assert len(list(Changes(store, cache).scan(STREAK))) == 600
    assert len(cache) == 0
