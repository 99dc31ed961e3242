"""What the pipeline says of messages, and what plain MinHash says, to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rensa import RMinHash  # type: ignore[import-untyped]  # it publishes no types

from evaluation._memory_state import MemoryState
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

_SCOPE = Scope("campaign", ("default", "judged"))
_PERMUTATIONS = 128


def copies_among(messages: Sequence[Message]) -> list[int]:
    """Return the number of the cluster of each message, -1 for none, all sent to others at once."""
    state = MemoryState()
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
