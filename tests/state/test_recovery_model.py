from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from pipeline.state import Cache, Changes, Kind, PartitionStore
from pipeline.state._cache import ENTRY_BYTES
from pipeline.transport import Output
from tests.state._values import NOTE, STREAK, Note, Streak

KINDS = st.sampled_from([STREAK, NOTE])
KEYS = st.sampled_from(["", "a", "b", '["default","instagram","acct"]', "é", "\U0001f600"])
CHANGES = st.one_of(
    st.tuples(st.just(STREAK), KEYS, st.none() | st.builds(Streak, st.integers(0, 3))),
    st.tuples(st.just(NOTE), KEYS, st.none() | st.builds(Note, st.text("xy", max_size=2000))),
)
CACHE_BYTES = 4 * ENTRY_BYTES


class Worker(RuleBasedStateMachine):
    """A worker that handles batches and dies at the worst moments, beside a dict that does not."""

    def __init__(self) -> None:
        super().__init__()
        self.directory = tempfile.TemporaryDirectory()
        self.log: list[tuple[int, Output]] = []
        self.end = 0
        self.truth: dict[tuple[str, str], msgspec.Struct] = {}
        self.start()

    def teardown(self) -> None:
        """Close the file before its directory goes."""
        self.store.close()
        self.directory.cleanup()

    @rule()
    def begin(self) -> None:
        """Begin a batch; one that was under way is dropped before it came to its outputs."""
        self.changes = Changes(self.store, self.cache)
        self.expected = dict(self.truth)

    @rule(change=CHANGES)
    def change(self, change: tuple[Kind[Any], str, msgspec.Struct | None]) -> None:
        """Put or delete a value in the batch."""
        kind, key, value = change
        if value is None:
            self.changes.delete(kind, key)
            self.expected.pop((kind.prefix, key), None)
        else:
            self.changes.put(kind, key, value)
            self.expected[kind.prefix, key] = value

    @rule(kind=KINDS, key=KEYS)
    def read(self, kind: Kind[Any], key: str) -> None:
        """Compare one value, as the batch sees it."""
        assert self.changes.get(kind, key) == self.expected.get((kind.prefix, key))

    @rule(kind=KINDS)
    def scan(self, kind: Kind[Any]) -> None:
        """Compare all values of a kind, as the batch sees them."""
        keys = sorted(key for prefix, key in self.expected if prefix == kind.prefix)
        expected = [(key, self.expected[kind.prefix, key]) for key in keys]
        assert list(self.changes.scan(kind)) == expected

    @rule()
    def fail(self) -> None:
        """Let the transaction fail."""
        self.changes.outputs("changelog", 0)
        self.changes.dropped()
        self.begin()

    @rule(gap=st.integers(0, 2))
    def commit(self, gap: int) -> None:
        """Let the transaction hold, and the store follow."""
        self.changes.applied(self.append(gap))
        self.begin()

    @rule(gap=st.integers(0, 2))
    def die_after_commit(self, gap: int) -> None:
        """Let the transaction hold, and kill the worker before the store follows."""
        self.append(gap)
        self.restart()

    @rule()
    def restart(self) -> None:
        """Start a new worker on the files of the old one."""
        self.store.close()
        self.start()

    @rule()
    def lose_the_store(self) -> None:
        """Start a new worker on another disk."""
        self.store.close()
        for path in Path(self.directory.name).iterdir():
            path.unlink()
        self.start()

    def start(self) -> None:
        """Open the store and replay the log after the store's offset, as Faust does."""
        self.cache = Cache(CACHE_BYTES)
        self.store = PartitionStore(Path(self.directory.name) / "t-0.db", "t", 0)
        for offset, output in self.log:
            if self.store.offset is None or offset > self.store.offset:
                assert output.key is not None
                self.store.apply({output.key.decode(): output.value}, offset)
        self.begin()

    def append(self, gap: int) -> int | None:
        """Append the changes to the log, which may use offsets after them for its own records."""
        outputs = self.changes.outputs("changelog", 0)
        self.truth = self.expected
        self.log += enumerate(outputs, self.end)
        last = self.end + len(outputs) - 1
        self.end = last + 1 + gap
        return last if outputs else None

    @invariant()
    def never_ahead_of_the_log(self) -> None:
        """Check that the store has no offset that the log does not have."""
        assert self.store.offset is None or self.store.offset < self.end

    @invariant()
    def the_cache_keeps_its_bound(self) -> None:
        """Check that the cache is never larger than it may be."""
        assert self.cache.used_bytes <= CACHE_BYTES

    @invariant()
    def the_store_is_the_truth(self) -> None:
        """Check that the store holds what the transactions said, no more and no less."""
        stored = {
            (kind.prefix, key[1:]): kind.decode(data)
            for kind in (STREAK, NOTE)
            for key, data in self.store.scan(kind.prefix)
        }
        assert stored == self.truth


def test_state_survives_every_crash() -> None:
    """Store, cache and changes together are as exact as a dict, wherever the worker dies."""
    run_state_machine_as_test(
        Worker, settings=settings(max_examples=60, stateful_step_count=40, deadline=None)
    )
