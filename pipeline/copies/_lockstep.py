"""Accounts of a workspace that act as one: in step, with the same text or the same creators."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import NamedTuple

from pipeline.copies._clusters import Cluster, Example, examples_of
from pipeline.copies._sample import SampledMessage
from pipeline.copies._score import lockstep_score
from pipeline.copies._settings import DEFAULT_COPY_SETTINGS, CopySettings
from pipeline.copies._window import Window
from pipeline.events import AccountId, Milliseconds, Platform


class AccountOnPlatform(NamedTuple):
    """An account within its workspace."""

    platform: Platform
    account_id: AccountId


class LockstepKind(StrEnum):
    """What accounts have in common."""

    SAME_TEXT = "same_text"
    SAME_CREATORS = "same_creators"


@dataclass(frozen=True)
class Lockstep:
    """Accounts that send in step. Numbers are those of the whole window, but for the accounts."""

    kind: LockstepKind
    accounts: tuple[AccountOnPlatform, ...]
    messages: int
    creators: int
    first_at: Milliseconds
    last_at: Milliseconds
    score: float
    """From 0 to 100; see `lockstep_score`."""
    error: float
    """The relative standard error of the numbers: 0.0 when they are exact."""
    examples: tuple[Example, ...]


def find_lockstep(
    window: Window,
    clusters: Sequence[Cluster],
    settings: CopySettings = DEFAULT_COPY_SETTINGS,
) -> tuple[Lockstep, ...]:
    """Return the lockstep in a workspace's window, the gravest first.

    `clusters` are those of the same window. A function of the window's messages.
    """
    found = [
        _lockstep(LockstepKind.SAME_TEXT, window, in_step, settings)
        for cluster in clusters
        if (in_step := _in_step(cluster.members, settings.step))
    ]
    found.extend(
        _lockstep(LockstepKind.SAME_CREATORS, window, messages, settings)
        for messages in _shared_creators(window.messages, settings)
    )
    found.sort(key=lambda each: (-each.score, each.kind, each.accounts, each.first_at))
    return tuple(found)


def account_of(message: SampledMessage) -> AccountOnPlatform:
    """Return the account that sent a message."""
    return AccountOnPlatform(message.platform, message.account_id)


def _in_step(messages: Iterable[SampledMessage], step: int) -> list[SampledMessage]:
    """Return the messages at most a step away from one of another account."""
    in_order = sorted(messages, key=lambda message: (message.occurred_at, message.order))
    times = [message.occurred_at for message in in_order]
    accounts = [account_of(message) for message in in_order]
    # The last message before, and the first after, that another account sent: none is nearer.
    before = _nearest_of_another(accounts)
    after = [len(times) - 1 - place for place in reversed(_nearest_of_another(accounts[::-1]))]
    return [
        message
        for place, message in enumerate(in_order)
        if (before[place] >= 0 and times[place] - times[before[place]] <= step)
        or (after[place] < len(times) and times[after[place]] - times[place] <= step)
    ]


def _nearest_of_another(accounts: Sequence[AccountOnPlatform]) -> list[int]:
    """Return for each place the last one before it with another account, or -1."""
    nearest: list[int] = []
    for place, account in enumerate(accounts):
        if place == 0:
            nearest.append(-1)
        elif accounts[place - 1] != account:
            nearest.append(place - 1)
        else:
            nearest.append(nearest[-1])
    return nearest


def _shared_creators(
    messages: Iterable[SampledMessage], settings: CopySettings
) -> Iterator[list[SampledMessage]]:
    """Yield, for each group of accounts that met creators in step, the messages of it."""
    to_creator = defaultdict(list)
    for message in messages:
        to_creator[message.recipient].append(message)
    meetings = [
        in_step
        for each in to_creator.values()
        if len(each) > 1 and (in_step := _in_step(each, settings.step))
    ]
    pairs = Counter(
        pair
        for meeting in meetings
        for pair in combinations(sorted({account_of(message) for message in meeting}), 2)
    )
    together = [pair for pair, creators in pairs.items() if creators >= settings.fewest_in_step]
    for group in _joined(together):
        yield [
            message
            for meeting in meetings
            if len({account_of(message) for message in meeting} & group) > 1
            for message in meeting
            if account_of(message) in group
        ]


def _joined(
    pairs: Iterable[tuple[AccountOnPlatform, AccountOnPlatform]],
) -> list[set[AccountOnPlatform]]:
    groups: list[set[AccountOnPlatform]] = []
    for pair in pairs:
        joined = set(pair).union(*(group for group in groups if not group.isdisjoint(pair)))
        groups = [group for group in groups if group.isdisjoint(pair)]
        groups.append(joined)
    return groups


def _lockstep(
    kind: LockstepKind, window: Window, messages: list[SampledMessage], settings: CopySettings
) -> Lockstep:
    accounts = tuple(sorted({account_of(message) for message in messages}))
    seen = len({message.recipient for message in messages})
    creators = window.estimated(seen)
    return Lockstep(
        kind=kind,
        accounts=accounts,
        messages=window.estimated(len(messages)),
        creators=creators,
        first_at=min(message.occurred_at for message in messages),
        last_at=max(message.occurred_at for message in messages),
        score=lockstep_score(creators, len(accounts), settings),
        error=window.error(seen),
        examples=examples_of(sorted(messages, key=lambda message: message.order)),
    )
