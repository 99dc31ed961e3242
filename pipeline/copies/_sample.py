"""The sample of a bucket: which of its messages are kept, whatever the order they came in."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from operator import attrgetter
from typing import Final, NamedTuple

import msgspec

from pipeline.copies._masking import MaskedText
from pipeline.events import AccountId, CreatorId, MessageId, Milliseconds, Platform
from pipeline.keyed import Kind

ALL: Final = 2**63
"""The bound of ranks: a sample below it is complete."""


class MessageKey(NamedTuple):
    """What tells a message from the others of its scope."""

    platform: Platform
    account_id: AccountId
    message_id: MessageId


Recipient = tuple[Platform, CreatorId]
"""What tells a creator from the others of a scope."""

Order = tuple[int, MessageKey]
"""The rank of a message to a creator, and what tells it from others of the same rank."""


class SampledMessage(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A message as it is kept, without the names, addresses and numbers in it."""

    rank: int
    occurred_at: Milliseconds
    platform: Platform
    account_id: AccountId
    creator_id: CreatorId
    message_id: MessageId
    text: MaskedText

    @property
    def key(self) -> MessageKey:
        """Return what tells it from the others."""
        return MessageKey(self.platform, self.account_id, self.message_id)

    @property
    def recipient(self) -> Recipient:
        """Return whom it was sent to."""
        return self.platform, self.creator_id

    @property
    def order(self) -> Order:
        """Return its place in a sample: what has the smaller one is kept longer."""
        return self.rank, self.key


class Sample(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The messages of a bucket whose rank is below a bound: all of those, in their order."""

    below: int = ALL
    kept: tuple[SampledMessage, ...] = ()

    def bound_of(self, count: int) -> int:
        """Return the bound below which at most so many are left."""
        return self.kept[count].rank if len(self.kept) > count else self.below


SAMPLE = Kind("x", Sample)

_in_order = attrgetter("rank", "platform", "account_id", "message_id")
"""The order of messages, sooner than by the property."""


def rank_of(creator_id: CreatorId, key: MessageKey) -> int:
    """Return a number from 0 to ALL, evenly spread: first by the creator, then by the message.

    So a sample has all messages to a creator or none, but for the last, and a part of the samples
    is that part of the creators, too.
    """
    creator = blake2b(f"{key.platform}\0{creator_id}".encode(), digest_size=5).digest()
    message = blake2b("\0".join(key).encode(), digest_size=3).digest()
    return int.from_bytes(creator + message, "big") >> 1


def edited(sample: Sample, edits: Mapping[Order, SampledMessage | None], capacity: int) -> Sample:
    """Return a sample with messages put in (None: taken out), and at most `capacity` of them.

    What is kept is complete below the bound, and the bound only ever falls. So any `n` messages of
    the smallest rank are those of the bucket's messages, in whatever order they came and went, as
    long as that many are kept.
    """
    ranks = {rank for rank, _ in edits}
    kept = [
        message
        for message in sample.kept
        if message.rank not in ranks or message.order not in edits
    ]
    kept.extend(message for message in edits.values() if message is not None)
    kept.sort(key=_in_order)
    below = sample.below if len(kept) <= capacity else kept[capacity].rank
    return Sample(below, tuple(message for message in kept[:capacity] if message.rank < below))
