from __future__ import annotations

import pytest

from pipeline.state import (
    Cache,
    Changes,
    ConflictingChangesError,
    PartitionStore,
    StateFormatError,
    StateInDoubtError,
    StateNotHereError,
)
from pipeline.transport import Output
from tests.state._values import NOTE, STREAK, TOPIC, Note, Streak, commit

ALICE = '["default","instagram","northfold","alice"]'
BOB = '["default","instagram","northfold","bob"]'


def test_a_batch_reads_its_own_writes(changes: Changes) -> None:
    """What was put is read back, what was deleted is gone, before anything is committed."""
    assert changes.get(STREAK, ALICE) is None
    changes.put(STREAK, ALICE, Streak(1))
    assert changes.get(STREAK, ALICE) == Streak(1)
    changes.delete(STREAK, ALICE)
    assert changes.get(STREAK, ALICE) is None


def test_kinds_do_not_mix(changes: Changes) -> None:
    """The same key holds a value of each kind."""
    changes.put(STREAK, ALICE, Streak(1))
    changes.put(NOTE, ALICE, Note("hello"))
    assert changes.get(STREAK, ALICE) == Streak(1)
    assert changes.get(NOTE, ALICE) == Note("hello")


def test_outputs_are_changelog_records(changes: Changes) -> None:
    """Each changed key gives one record with its last value, in the order of first change."""
    changes.put(STREAK, BOB, Streak(1))
    changes.put(NOTE, ALICE, Note("hello"))
    changes.put(STREAK, BOB, Streak(2))
    assert changes.outputs(TOPIC, 3) == [
        Output(TOPIC, f"s{BOB}".encode(), STREAK.encode(Streak(2)), 3),
        Output(TOPIC, f"n{ALICE}".encode(), NOTE.encode(Note("hello")), 3),
    ]


def test_outputs_may_be_asked_for_again(changes: Changes) -> None:
    """A transaction that is tried again gets the same records."""
    changes.put(STREAK, BOB, Streak(1))
    assert changes.outputs(TOPIC, 3) == changes.outputs(TOPIC, 3)


def test_a_deleted_key_gives_a_tombstone(
    store: PartitionStore, cache: Cache, changes: Changes
) -> None:
    """Deleting what the store holds gives a record without a value, deleting nothing gives none."""
    changes.put(STREAK, ALICE, Streak(1))
    commit(changes, 0)
    later = Changes(store, cache)
    later.delete(STREAK, ALICE)
    later.delete(STREAK, BOB)
    assert commit(later, 1) == [Output(TOPIC, f"s{ALICE}".encode(), None, 3)]
    assert list(store.scan("")) == []


@pytest.mark.parametrize("read_first", [True, False])
def test_what_is_as_before_is_no_change(
    store: PartitionStore, cache: Cache, changes: Changes, *, read_first: bool
) -> None:
    """A value that was changed and put back gives no record, whether it was read or not."""
    changes.put(STREAK, ALICE, Streak(1))
    commit(changes, 0)
    later = Changes(store, cache)
    if read_first:
        later.get(STREAK, ALICE)
    later.put(STREAK, ALICE, Streak(2))
    later.put(STREAK, ALICE, Streak(1))
    later.put(STREAK, BOB, Streak(1))
    later.delete(STREAK, BOB)
    assert later.outputs(TOPIC, 3) == []
    later.applied(None)
    assert store.offset == 0


def test_nothing_is_stored_before_applied(
    store: PartitionStore, cache: Cache, changes: Changes
) -> None:
    """Until the transaction holds, neither the store nor the cache know of the changes."""
    changes.put(STREAK, ALICE, Streak(1))
    changes.outputs(TOPIC, 3)
    changes.dropped()
    assert store.get(f"s{ALICE}") is None
    assert Changes(store, cache).get(STREAK, ALICE) is None


def test_applied_moves_store_and_cache(
    store: PartitionStore, cache: Cache, changes: Changes
) -> None:
    """Once applied, the values are in the store with their offset, and in the cache."""
    changes.put(STREAK, ALICE, Streak(1))
    commit(changes, 6)
    assert store.get(f"s{ALICE}") == STREAK.encode(Streak(1))
    assert store.offset == 6
    hits = cache.hits
    assert Changes(store, cache).get(STREAK, ALICE) == Streak(1)
    assert cache.hits == hits + 1


def test_that_a_key_holds_nothing_is_cached(store: PartitionStore, cache: Cache) -> None:
    """Asking twice for a key that is not there asks the disk once."""
    assert Changes(store, cache).get(STREAK, ALICE) is None
    assert Changes(store, cache).get(STREAK, ALICE) is None
    assert (cache.hits, cache.misses) == (1, 1)


def test_changes_end_with_outputs(changes: Changes) -> None:
    """What would miss the transaction is refused."""
    changes.outputs(TOPIC, 3)
    with pytest.raises(RuntimeError, match="begin new ones"):
        changes.put(STREAK, ALICE, Streak(1))
    with pytest.raises(RuntimeError, match="begin new ones"):
        changes.delete(STREAK, ALICE)


def test_applied_needs_outputs(changes: Changes) -> None:
    """Changes that were never in a transaction cannot be applied."""
    with pytest.raises(RuntimeError, match="comes after outputs"):
        changes.applied(1)


def test_applied_needs_an_offset(changes: Changes) -> None:
    """Changes are never stored without saying where in the changelog they are."""
    changes.put(STREAK, ALICE, Streak(1))
    changes.outputs(TOPIC, 3)
    with pytest.raises(ValueError, match="at what offset"):
        changes.applied(None)


def test_an_open_outcome_stops_the_next_batch(
    store: PartitionStore, cache: Cache, changes: Changes
) -> None:
    """While nobody said whether a transaction held, no batch can read what may be old."""
    changes.put(STREAK, ALICE, Streak(1))
    changes.outputs(TOPIC, 3)
    with pytest.raises(StateInDoubtError):
        Changes(store, cache)
    changes.dropped()
    assert Changes(store, cache).get(STREAK, ALICE) is None


def test_two_batches_of_a_partition_conflict(store: PartitionStore, cache: Cache) -> None:
    """Of two batches that began together, the second to finish is refused before its commit."""
    first, second = Changes(store, cache), Changes(store, cache)
    first.put(STREAK, ALICE, Streak(1))
    second.put(STREAK, ALICE, Streak(2))
    commit(first, 0)
    with pytest.raises(ConflictingChangesError):
        second.outputs(TOPIC, 3)


def test_applied_after_revocation_does_nothing(
    store: PartitionStore, cache: Cache, changes: Changes
) -> None:
    """If the partition went away during the commit, its next owner has the changes from the log."""
    changes.put(STREAK, ALICE, Streak(1))
    changes.outputs(TOPIC, 3)
    store.close()
    changes.applied(0)
    assert cache.get(store.id, f"s{ALICE}") is None
    with pytest.raises(StateNotHereError):
        Changes(store, cache).get(STREAK, BOB)


def test_applied_after_recovery_does_nothing(store: PartitionStore, changes: Changes) -> None:
    """If recovery came by during the commit, it has brought the changes and perhaps later ones."""
    changes.put(STREAK, ALICE, Streak(1))
    (record,) = changes.outputs(TOPIC, 3)
    store.settle()
    assert record.key is not None
    store.apply({record.key.decode(): record.value, "x": b"later"}, 8)
    changes.applied(7)
    assert store.offset == 8


def test_a_store_that_could_not_follow_is_closed(store: PartitionStore, cache: Cache) -> None:
    """If the store fails after the commit, nobody can go on from its old values."""
    store.apply({}, 9)
    late = Changes(store, cache)
    late.put(STREAK, ALICE, Streak(1))
    late.outputs(TOPIC, 3)
    with pytest.raises(ValueError, match="stands at offset 9"):
        late.applied(5)
    assert store.closed


def test_another_format_is_refused_on_reading(store: PartitionStore, cache: Cache) -> None:
    """A value that another version of the program stored is not guessed at."""
    store.apply({f"s{ALICE}": b"\x07\x91\x01"}, 0)
    with pytest.raises(StateFormatError, match="outreach rebuild"):
        Changes(store, cache).get(STREAK, ALICE)
