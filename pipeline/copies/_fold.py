"""Fold what was sent into the samples of its scopes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final, NamedTuple

from pipeline.copies._masking import MaskedText, mask
from pipeline.copies._sample import (
    SAMPLE,
    MessageKey,
    Order,
    Sample,
    SampledMessage,
    edited,
    rank_of,
)
from pipeline.copies._settings import DEFAULT_COPY_SETTINGS, CopySettings
from pipeline.events import CreatorId, Milliseconds
from pipeline.keyed import KeyedState, key_of

LONGEST_TEXT: Final = 2_000
"""Of a body that is longer, so many characters are compared of what is left of it when masked."""

_EMPTY: Final = Sample()


class Scope(NamedTuple):
    """Within what messages are compared: a campaign, an account, a workspace."""

    kind: str
    ids: tuple[str, ...]

    def bucket_key(self, bucket: int) -> str:
        """Return the key of the sample of a bucket, counted from 1970-01-01."""
        return key_of(self.kind, *self.ids, bucket)


class Wording(NamedTuple):
    """What a message says, and the name of its creator if it is known."""

    body: str
    creator_name: str | None = None

    def masked(self) -> MaskedText:
        """Return what is compared of it."""
        masked = mask(self.body, self.creator_name)
        if len(self.body) <= LONGEST_TEXT:
            return masked
        # Only now: what masking drops could fill any piece of the body, and hide the rest.
        return MaskedText(masked[:LONGEST_TEXT].rstrip())


class CopyUpdate(NamedTuple):
    """How a message of a scope is now: what it says, or None if it is gone from the scope.

    `occurred_at` and `creator_id` are those that it has, or had. A message of which one of them
    changes is gone as it was before, and then comes anew.
    """

    scope: Scope
    key: MessageKey
    occurred_at: Milliseconds
    creator_id: CreatorId
    wording: Wording | MaskedText | None
    """Masked if the caller has that already; if not, only of messages that are kept."""


def fold_copies(
    state: KeyedState,
    updates: Iterable[CopyUpdate],
    settings: CopySettings = DEFAULT_COPY_SETTINGS,
) -> None:
    """Fold updates into the samples.

    Updates of one message come in the order in which they were made; the order between messages
    changes nothing, nor does an update that comes twice.
    """
    buckets: dict[tuple[Scope, int], dict[Order, CopyUpdate]] = defaultdict(dict)
    for update in updates:
        order = rank_of(update.creator_id, update.key), update.key
        buckets[update.scope, update.occurred_at // settings.bucket][order] = update
    keys = {place: place[0].bucket_key(place[1]) for place in buckets}
    state.prefetch(SAMPLE, keys.values())
    for place, changes in buckets.items():
        before = state.get(SAMPLE, keys[place]) or _EMPTY
        # Most messages change nothing once a bucket is full, and are not even read.
        edits = {
            order: None if update.wording is None else _sampled(order[0], update, update.wording)
            for order, update in changes.items()
            if order[0] < before.below
        }
        after = edited(before, edits, settings.capacity) if edits else before
        if after == _EMPTY:
            state.delete(SAMPLE, keys[place])
        elif after != before:
            state.put(SAMPLE, keys[place], after)


def _sampled(rank: int, update: CopyUpdate, wording: Wording | MaskedText) -> SampledMessage:
    platform, account_id, message_id = update.key
    return SampledMessage(
        rank,
        update.occurred_at,
        platform,
        account_id,
        update.creator_id,
        message_id,
        wording if isinstance(wording, str) else wording.masked(),
    )
