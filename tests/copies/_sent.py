"""Messages of a scope, and what comes of them, for tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.copies import (
    DEFAULT_COPY_SETTINGS,
    Cluster,
    CopySettings,
    CopyUpdate,
    MessageKey,
    Scope,
    Window,
    Wording,
    find_clusters,
    fold_copies,
    read_window,
)
from pipeline.events import AccountId, CreatorId, MessageId, Milliseconds, Platform
from tests.folds._system import MemoryState

MINUTE = 60_000
HOUR = 60 * MINUTE
CAMPAIGN = Scope("campaign", ("default", "spring"))

TEMPLATE = (
    "Hi {name}! We're Northfold, a small outdoor brand from Leeds. {own}We love your content and "
    "think you would be a perfect fit for our spring campaign. Would you be interested in working "
    "together? Reply here or write to tess@northfold.example and I'll send the details."
)
OWN_PARTS = (
    "Your reel about fermenting chilli in old jam jars made my flatmate buy three crates. ",
    "I watched you repair that 1974 turntable twice and got goosebumps when the needle dropped. ",
    "After your foggy walk along the Ridgeway I dug out boots that I last wore in March. ",
    "Seeing your dog Biscuit carry the mushroom basket cheered up everybody in our office. ",
    "The painted shed door with its kingfishers must have taken weeks, those feathers look alive. ",
    "Your guide to reading tide tables saved our holiday in Pembroke from a very wet ending. ",
    "How you got the toddler to eat beetroot by calling it dragon soup deserves some prize. ",
    "That essay on quitting night shifts and learning to bake at noon was brave writing. ",
)


def merged(name: str, own: str = "") -> str:
    """Return the template with a name, and a part of the sender's own if there is one."""
    return TEMPLATE.format(name=name, own=own)


@dataclass(frozen=True)
class Sent:
    """A message that was sent in the scope."""

    number: int
    body: str
    at: int = 0
    creator: str = ""
    account: str = "a1"
    scope: Scope = CAMPAIGN
    creator_name: str | None = None

    def update(self, *, gone: bool = False) -> CopyUpdate:
        """Return the update that says so, or that it is gone."""
        return CopyUpdate(
            self.scope,
            MessageKey(Platform.INSTAGRAM, AccountId(self.account), MessageId(f"m{self.number}")),
            Milliseconds(self.at),
            CreatorId(self.creator or f"c{self.number}"),
            None if gone else Wording(self.body, self.creator_name),
        )


def to_each(bodies: Sequence[str], apart: int = MINUTE) -> list[Sent]:
    """Return messages with these bodies, each to another creator, so many milliseconds apart."""
    return [Sent(number, body, at=number * apart) for number, body in enumerate(bodies)]


def folded(messages: Iterable[Sent], settings: CopySettings = DEFAULT_COPY_SETTINGS) -> MemoryState:
    """Return the state after one batch of messages."""
    state = MemoryState()
    fold_copies(state, [message.update() for message in messages], settings)
    return state


def window_of(
    messages: Iterable[Sent],
    settings: CopySettings = DEFAULT_COPY_SETTINGS,
    *,
    until: int = 23 * HOUR,
) -> Window:
    """Return the window of messages that were all sent in the same scope."""
    sent = list(messages)
    return read_window(folded(sent, settings), sent[0].scope, Milliseconds(until), settings)


def clusters_of(
    messages: Iterable[Sent], settings: CopySettings = DEFAULT_COPY_SETTINGS
) -> tuple[Cluster, ...]:
    """Return the clusters of messages that were all sent in the same scope."""
    return find_clusters(window_of(messages, settings), settings)


def sizes(clusters: Iterable[Cluster]) -> list[int]:
    """Return how large clusters are, the largest first."""
    return sorted((cluster.size for cluster in clusters), reverse=True)


def small(settings: CopySettings = DEFAULT_COPY_SETTINGS, **changes: int) -> CopySettings:
    """Return settings with some of them changed."""
    return replace(settings, **changes)
