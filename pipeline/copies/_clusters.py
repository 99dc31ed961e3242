"""The clusters of copies in a window."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.copies._linking import groups_of_copies
from pipeline.copies._masking import MaskedText
from pipeline.copies._sample import MessageKey, Recipient, SampledMessage
from pipeline.copies._score import cluster_score
from pipeline.copies._settings import DEFAULT_COPY_SETTINGS, CopySettings
from pipeline.copies._shingles import Shingled, shingled
from pipeline.copies._window import Window
from pipeline.events import CreatorId, Milliseconds

_EXAMPLES: Final = 3


@dataclass(frozen=True)
class Example:
    """A message to show, masked as it was compared; see `readable`."""

    key: MessageKey
    creator_id: CreatorId
    occurred_at: Milliseconds
    text: MaskedText


@dataclass(frozen=True)
class Cluster:
    """Copies of one text to different creators. Numbers are those of the whole window."""

    size: int
    creators: int
    accounts: int
    """As many as were seen in the sample: at least so many."""
    burst: int
    """The most messages of it in any span of `CopySettings.burst`."""
    share: float
    """Its share of the window's messages."""
    first_at: Milliseconds
    last_at: Milliseconds
    score: float
    """From 0 to 100; see `cluster_score`."""
    error: float
    """The relative standard error of size and creators: 0.0 when they are exact."""
    examples: tuple[Example, ...]
    members: tuple[SampledMessage, ...]
    """Those of the sample."""


def find_clusters(
    window: Window, settings: CopySettings = DEFAULT_COPY_SETTINGS
) -> tuple[Cluster, ...]:
    """Return the clusters of a window, the gravest first: a function of the window's messages."""
    equal = list(_equal(window.messages).values())
    texts = [shingled(messages[0].text) for messages in equal]
    clusters = []
    for group in groups_of_copies(texts, [_recipients(messages) for messages in equal]):
        members = sorted((m for index in group for m in equal[index]), key=lambda m: m.order)
        if len(_recipients(members)) > 1:
            clusters.append(_cluster(window, members, settings))
    clusters.sort(key=lambda cluster: (-cluster.score, cluster.members[0].order))
    return tuple(clusters)


def texts_of(
    messages: Iterable[SampledMessage],
) -> list[tuple[Shingled, set[Recipient]]]:
    """Return the texts that differ in their letters, each with all whom it was sent to."""
    return [(shingled(equal[0].text), _recipients(equal)) for equal in _equal(messages).values()]


def largest_burst(times: Sequence[Milliseconds], span: int) -> int:
    """Return the most of these moments, in their order, that lie in one span open at its end.

    >>> largest_burst([0, 50, 99, 100, 190], span=100)
    3
    """
    return max(
        (index + 1 - bisect_right(times, at - span) for index, at in enumerate(times)), default=0
    )


def examples_of(messages: Sequence[SampledMessage]) -> tuple[Example, ...]:
    """Return three of the messages to show, to different creators, and one of each text first."""
    by_creator = {each.recipient: each for each in reversed(messages)}
    candidates = sorted(by_creator.values(), key=lambda message: message.order)
    first_of_text = {message.text: message for message in reversed(candidates)}
    candidates.sort(key=lambda message: first_of_text[message.text] is not message)
    return tuple(
        Example(each.key, each.creator_id, each.occurred_at, each.text)
        for each in candidates[:_EXAMPLES]
    )


def _equal(messages: Iterable[SampledMessage]) -> dict[str, list[SampledMessage]]:
    """Return messages by the letters of their text, but those without any."""
    equal: dict[str, list[SampledMessage]] = defaultdict(list)
    for message in messages:
        if message.text:
            equal[shingled(message.text).letters].append(message)
    return equal


def _recipients(messages: Iterable[SampledMessage]) -> set[Recipient]:
    return {message.recipient for message in messages}


def _cluster(window: Window, members: list[SampledMessage], settings: CopySettings) -> Cluster:
    times = sorted(message.occurred_at for message in members)
    seen = len(_recipients(members))
    size, creators = window.estimated(len(members)), window.estimated(seen)
    burst = window.estimated_peak(largest_burst(times, settings.burst))
    return Cluster(
        size=size,
        creators=creators,
        accounts=len({(message.platform, message.account_id) for message in members}),
        burst=burst,
        share=len(members) / len(window.messages),
        first_at=times[0],
        last_at=times[-1],
        score=cluster_score(size, creators, burst, settings=settings),
        error=window.error(seen),
        examples=examples_of(members),
        members=tuple(members),
    )
