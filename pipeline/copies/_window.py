"""What was sent in a window of event time, as far as it is kept."""

from __future__ import annotations

import math
from typing import NamedTuple

from pipeline.copies._fold import Scope
from pipeline.copies._sample import ALL, SAMPLE, SampledMessage
from pipeline.copies._settings import DEFAULT_COPY_SETTINGS, CopySettings
from pipeline.events import Milliseconds
from pipeline.keyed import KeyedState


class Window(NamedTuple):
    """Messages of a window, and which share of all of them they are: 1.0 when none is missing."""

    messages: tuple[SampledMessage, ...] = ()
    share: float = 1.0

    def estimated(self, count: int) -> int:
        """Return how many there are in the whole window of what the sample has `count` of."""
        return round(count / self.share)

    def estimated_peak(self, count: int) -> int:
        """Return the same of the largest of many counts, which chance has made larger than others.

        It is taken to be one standard error too large.
        """
        chance = math.sqrt(count * (1.0 - self.share))
        return max(count, round((count - chance) / self.share))

    def error(self, count: int) -> float:
        """Return the relative standard error of what was estimated from so many creators."""
        return math.sqrt((1.0 - self.share) / count) if count else 0.0


def read_window(
    state: KeyedState,
    scope: Scope,
    until: Milliseconds,
    settings: CopySettings = DEFAULT_COPY_SETTINGS,
) -> Window:
    """Return the window of a scope that ends with a moment, which belongs to it. May read the disk.

    It is a function of the set of messages folded and not withdrawn, as long as no bucket that ever
    overflowed has lost more than `settings.reserve` of the messages that it keeps.
    """
    after = until - settings.window
    first, last = (after + 1) // settings.bucket, until // settings.bucket
    keys = [scope.bucket_key(bucket) for bucket in range(first, last + 1)]
    state.prefetch(SAMPLE, keys)
    samples = [sample for key in keys if (sample := state.get(SAMPLE, key)) is not None]
    bound = min((sample.bound_of(settings.sample) for sample in samples), default=ALL)
    messages = [
        message
        for sample in samples
        for message in sample.kept
        if message.rank < bound and after < message.occurred_at <= until
    ]
    messages.sort(key=lambda message: message.order)
    if len(messages) > settings.sample:
        bound = messages[settings.sample].rank
        messages = [message for message in messages[: settings.sample] if message.rank < bound]
    return Window(tuple(messages), bound / ALL)
