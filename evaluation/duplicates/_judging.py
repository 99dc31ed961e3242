"""What the pipeline says of messages, and what plain MinHash says, to compare with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

import msgspec
from rensa import RMinHash  # type: ignore[import-untyped]  # it publishes no types

from evaluation.duplicates._pairs import Message
from pipeline.copies import (
    CopyUpdate,
    MessageKey,
    Scope,
    Wording,
    find_clusters,
    fold_copies,
    read_window,
)
from pipeline.events import AccountId, CreatorId, MessageId, Milliseconds, Platform
from pipeline.keyed import Kind

Value = TypeVar("Value", bound=msgspec.Struct)

_SCOPE = Scope("campaign", ("default", "judged"))
_PERMUTATIONS = 128


def copies_among(messages: Sequence[Message]) -> list[int]:
    """Return the number of the cluster of each message, -1 for none, all sent to others at once."""
    state = _State()
    updates = [
        CopyUpdate(
            _SCOPE,
            MessageKey(Platform.INSTAGRAM, AccountId("a"), MessageId(str(number))),
            Milliseconds(number),
            CreatorId(str(number)),
            Wording(message.body, message.creator_name or None),
        )
        for number, message in enumerate(messages)
    ]
    fold_copies(state, updates)
    found = [-1] * len(messages)
    window = read_window(state, _SCOPE, Milliseconds(len(messages)))
    for number, cluster in enumerate(find_clusters(window)):
        for member in cluster.members:
            found[int(member.message_id)] = number
    return found


def are_copies(one: Message, other: Message) -> bool:
    """Return whether two messages alone make a cluster."""
    return copies_among([one, other]) == [0, 0]


def minhash_likeness(one: Message, other: Message) -> float:
    """Return the Jaccard of the words, two and two, as MinHash estimates it without masking."""
    signatures = RMinHash.digests_from_token_sets(
        [_words_by_two(one.body), _words_by_two(other.body)], _PERMUTATIONS, 1
    )
    return sum(map(int.__eq__, *signatures)) / _PERMUTATIONS


def _words_by_two(body: str) -> list[str]:
    words = body.lower().split()
    return [f"{first} {second}" for first, second in pairwise(words)] or words


class _State:
    """A keyed state in memory, for one evaluation. It has one kind of values."""

    def __init__(self) -> None:
        self._values: dict[str, bytes] = {}

    def get(self, kind: Kind[Value], key: str) -> Value | None:
        return kind.decode(self._values[key]) if key in self._values else None

    def prefetch(self, kind: Kind[Value], keys: Iterable[str]) -> None:
        """Do nothing: a dict is fast."""

    def put(self, kind: Kind[Value], key: str, value: Value) -> None:
        self._values[key] = kind.encode(value)

    def delete(self, kind: Kind[Value], key: str) -> None:
        del kind
        self._values.pop(key, None)

    def scan(self, kind: Kind[Value]) -> Iterator[tuple[str, Value]]:
        for key in sorted(self._values):
            yield key, kind.decode(self._values[key])
