"""How fast near-duplicates are found, and in how much memory.

    python tests/benchmarks/copies.py [MESSAGES]

Of so many messages (400,000 unless told otherwise) in twenty campaigns of one day, half are a mail
merge with synonyms in rotation, a quarter have a word swapped, and a quarter an own part. They are
folded into the samples of their campaigns, which is all that clusters need; and each is masked,
folded, and looked up in the clusters that were read before, which is what a signal of each message
needs. To compare with: hashing the same messages and counting the hashes. Readings of a full sample
are told apart, because how often one reads is up to the caller. Times are of the processor. Then
memory, in processes of their own that fold a quarter of the messages, all, and four times as many.
Figures move by tens of per cent from run to run; their ratios hold.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any, TypeVar

import msgspec
from rich.console import Console
from rich.table import Table

from pipeline.copies import (
    Cluster,
    CopyUpdate,
    KnownCopies,
    MaskedText,
    MessageKey,
    Scope,
    Wording,
    find_clusters,
    fold_copies,
    mask,
    read_window,
)
from pipeline.copies._sample import SAMPLE
from pipeline.events import AccountId, CreatorId, MessageId, Milliseconds, Platform
from pipeline.keyed import Kind
from tests.folds._system import MemoryState

Value = TypeVar("Value", bound=msgspec.Struct)

_DAY = 24 * 60 * 60_000
_BATCH = 2_000
_LAZILY = "fold, mask what is kept"
_FIRST_READ = 10
"""The batch before which the clusters are read that messages are looked up in."""
_CAMPAIGNS = [Scope("campaign", ("default", f"campaign-{number}")) for number in range(20)]
_SLOTS = (
    ("Hi", "Hey", "Hello"),
    (" {name}! {own}We are Northfold, a small outdoor ",),
    ("brand", "label", "company"),
    (" from Leeds. We ",),
    ("love", "adore", "really like"),
    (" your content and think you would be a perfect fit for our ",),
    ("spring", "summer", "coming"),
    (" campaign. Would you be ",),
    ("interested", "keen", "up for it"),
    ("? Write to tess@northfold.example and I will ",),
    ("send", "mail", "share"),
    (" the details.",),
)
_SYLLABLES = (
    "ba",
    "de",
    "fi",
    "gol",
    "ha",
    "jun",
    "ke",
    "lim",
    "mo",
    "nar",
    "pe",
    "ro",
    "sil",
    "tu",
)


class _State(MemoryState):
    """A keyed state with a cache, as a table has one: what is put is encoded, none decoded."""

    def __init__(self) -> None:
        super().__init__()
        self._cache: dict[str, Any] = {}

    def get(self, kind: Kind[Value], key: str) -> Value | None:
        return self._cache.get(kind.prefix + key)

    def put(self, kind: Kind[Value], key: str, value: Value) -> None:
        super().put(kind, key, value)
        self._cache[kind.prefix + key] = value


def main() -> None:
    """Measure speed, then memory."""
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else 400_000
    if sys.argv[2:] == ["memory"]:
        _fold_alone(messages)
        return
    # First, because a process that was just made counts the peak of the one that made it.
    memory = _memory([messages // 4, messages, 4 * messages])
    console = Console()
    console.print(_speed(messages))
    console.print(_readings())
    console.print(memory)


def _speed(messages: int) -> Table:
    table = Table("", "messages a second", "to hashing", title=f"{messages:,} messages")
    seen: Counter[bytes] = Counter()
    state = _State()
    known = dict.fromkeys(_CAMPAIGNS, KnownCopies(()))
    other = _State()
    spent = dict.fromkeys(("hash and count", _LAZILY, "mask", "fold", "look up"), 0.0)
    for number, batch in enumerate(_batches(messages)):
        bodies = [update.wording.body for update in batch if isinstance(update.wording, Wording)]
        started = time.process_time()
        seen.update(blake2b(body.encode(), digest_size=8).digest() for body in bodies)
        spent["hash and count"] += time.process_time() - started
        started = time.process_time()
        fold_copies(other, batch)
        spent[_LAZILY] += time.process_time() - started
        started = time.process_time()
        masked = [update._replace(wording=_masked(update)) for update in batch]
        spent["mask"] += time.process_time() - started
        if number == _FIRST_READ:
            known = {scope: KnownCopies(_clusters(state, scope)) for scope in _CAMPAIGNS}
        started = time.process_time()
        for update in masked:
            assert isinstance(update.wording, str)
            known[update.scope].find(update.wording)
        spent["look up"] += time.process_time() - started
        started = time.process_time()
        fold_copies(state, masked)
        spent["fold"] += time.process_time() - started
    hashing = spent["hash and count"]
    spent["mask, fold and look up"] = spent["mask"] + spent["fold"] + spent["look up"]
    for name, seconds in spent.items():
        table.add_row(name, f"{messages / seconds:,.0f}", f"{hashing / seconds:.3f}")
    return table


def _readings() -> Table:
    table = Table("the sample holds", "first, ms", "again, ms", title="Readings of 256 messages")
    kinds = {"a mail merge": 0, "synonyms in rotation": 1, "swapped words": 2, "own parts": 3}
    for name, kind in kinds.items():
        state = _State()
        fold_copies(state, _updates(range(256), [_wording(kind, n) for n in range(256)], 1, 1.0))

        def read(state: _State = state) -> None:
            _clusters(state, _CAMPAIGNS[0])

        first, again = _seconds(read, 1), _seconds(read, 10) / 10
        table.add_row(name, f"{first * 1_000:.1f}", f"{again * 1_000:.1f}")
    return table


def _memory(sizes: Iterable[int]) -> Table:
    table = Table("messages", "peak, MB", "state, entries", title="Memory")
    for size in sizes:
        command = [sys.executable, __file__, str(size), "memory"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        peak, entries = done.stdout.split()
        table.add_row(f"{size:,}", peak, f"{int(entries):,}")
    return table


def _fold_alone(messages: int) -> None:
    state = _State()
    for batch in _batches(messages):
        fold_copies(state, batch)
    entries = sum(len(sample.kept) for _, sample in state.scan(SAMPLE))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"{peak} {entries}\n")


def _clusters(state: _State, scope: Scope) -> Sequence[Cluster]:
    return find_clusters(read_window(state, scope, Milliseconds(_DAY - 1)))


def _batches(messages: int) -> Iterator[list[CopyUpdate]]:
    for start in range(0, messages, _BATCH):
        numbers = range(start, start + _BATCH)
        wordings = [_wording((1, 1, 2, 3)[number % 4], number) for number in numbers]
        yield _updates(numbers, wordings, len(_CAMPAIGNS), _DAY / messages)


def _updates(
    numbers: range, wordings: Sequence[Wording], campaigns: int, apart: float
) -> list[CopyUpdate]:
    return [
        CopyUpdate(
            _CAMPAIGNS[number % campaigns],
            MessageKey(Platform.INSTAGRAM, AccountId(f"a{number % 90}"), MessageId(f"m{number}")),
            Milliseconds(int(number * apart)),
            CreatorId(f"c{number}"),
            wording,
        )
        for number, wording in zip(numbers, wordings, strict=True)
    ]


def _masked(update: CopyUpdate) -> MaskedText:
    assert isinstance(update.wording, Wording)
    return mask(*update.wording)


def _wording(kind: int, number: int) -> Wording:
    """Return a mail merge (0), one with synonyms (1) or a word swapped (2), or an own part (3)."""
    chance = random.Random(number)
    name = f"{_word(chance).title()} {_word(chance).title()}"
    own = " ".join(_word(chance) for _ in range(14)) + ". " if kind == 3 else ""
    text = "".join(chance.choice(slot) if kind == 1 else slot[0] for slot in _SLOTS)
    words = text.format(name=name.split(maxsplit=1)[0], own=own).split(" ")
    if kind == 2:
        words[chance.randrange(8, len(words) - 8)] = _word(chance)
    return Wording(" ".join(words), name)


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(1, 3)))


def _seconds(run: Callable[[], None], times: int) -> float:
    started = time.process_time()
    for _ in range(times):
        run()
    return time.process_time() - started


if __name__ == "__main__":
    main()
