"""All that is sent: sound events, and damaged records of every topic between them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.accounts import Account, partition_key
from pipeline.events import AccountId, Platform, WorkspaceId
from pipeline.topics import CLEANUP, Cleanup, Topic
from pipeline.transport import Output
from pipeline.transport._partitioner import partition_of
from tests.fuzz._derived import NO_POLICIES, policy
from tests.fuzz._judging import EVENT_TOPICS, SCHEMA_OF, judge
from tests.fuzz._kinds import HUGE, KINDS, Damage
from tests.fuzz._published import Record, newest
from tests.fuzz._sound import Sound, Source, record_of
from tests.reference.model import Event
from tests.system._dense_log import dense_log

EVENTS_A_LOG = 2_000
"""What is expected of a log takes time by the square of its length; so there are several."""
_DERIVED = tuple(topic for topic in SCHEMA_OF if topic not in EVENT_TOPICS)
_FEEDS = {Topic.CREATOR_CONTACTS, Topic.CAMPAIGN_TOUCHES, Topic.WORKSPACE_ANSWERS}
_TOPICS = {"dm_sent": Topic.DM_SENT, "follow_up": Topic.FOLLOW_UPS, "reply": Topic.REPLIES}
_HEADERS: Sequence[tuple[tuple[str, bytes], ...]] = (
    (("", b""),),
    (("traceparent", b"\xff\x00"), ("traceparent", b"")),
    tuple((f"x-{number}", bytes(100)) for number in range(50)),
    (("schörtext 🙂", b"\xed\xa0\x80"),),
)


@dataclass(frozen=True)
class Sent:
    """One record."""

    kind: str
    """What was done to it."""
    topic: Topic
    output: Output
    use: Event | Record | None
    """What must be seen of it; None: it must become a dead letter."""


def plan(seed: int, damaged: int, *, partitions: int, huge: int, largest: int) -> list[Sent]:
    """Return so many records that were damaged, a third as many that were not, and huge ones.

    Besides, a few policies that are none. Equal arguments, equal records; none has more bytes than
    `largest`.
    """
    chance = random.Random(seed)
    logs = [*_logs(seed, damaged // 3)]
    source = Source(logs[:EVENTS_A_LOG], chance)
    sent = [_sound(event, partitions, chance) for event in logs]
    kinds = chance.choices([*KINDS], [*KINDS.values()], k=damaged) + chance.choices(HUGE, k=huge)
    sent += [_damaged(kind, source, chance, partitions, largest) for kind in kinds]
    sent += [_no_policy(document, partitions, chance) for document in NO_POLICIES]
    chance.shuffle(sent)
    return sent


def _logs(seed: int, events: int) -> Iterator[Event]:
    for number in range(0, events, EVENTS_A_LOG):
        for event in dense_log(seed + number, min(EVENTS_A_LOG, events - number)):
            yield replace(event, workspace=f"{event.workspace} {number}")


def _sound(event: Event, partitions: int, chance: random.Random) -> Sent:
    topic = _TOPICS.get(event.type, Topic.SEND_REQUESTS)
    value = Sound(topic, newest(SCHEMA_OF[topic]), record_of(event)).value()
    return _sent("sound", topic, value, partitions, chance)


def _no_policy(document: str, partitions: int, chance: random.Random) -> Sent:
    value = Sound(Topic.POLICIES, newest("policy"), policy(document)).value()
    return _sent("no policy", Topic.POLICIES, value, partitions, chance)


def _damaged(
    kind: Damage, source: Source, chance: random.Random, partitions: int, largest: int
) -> Sent:
    while True:
        topic = chance.choice(_DERIVED) if chance.random() < 0.2 else chance.choice(EVENT_TOPICS)
        sound = source.of(topic)
        value = kind(sound, source, chance)
        sent = _sent(kind.__name__, topic, value, partitions, chance)
        # What a feed says has effects elsewhere: there only what is sound is of use.
        if sent.use is not None and topic in _FEEDS and value != sound.value():
            continue
        if value is None or len(value) <= largest:
            return sent


def _sent(
    kind: str, topic: Topic, value: bytes | None, partitions: int, chance: random.Random
) -> Sent:
    use = judge(topic, value)
    if isinstance(use, Event):
        # An account's events meet in its partition, and there alone.
        account = Account(
            WorkspaceId(use.workspace), Platform(use.platform), AccountId(use.account_id)
        )
        key: bytes | None = partition_key(account)
        partition = partition_of(partition_key(account), partitions)
    else:
        key, partition = chance.randbytes(16), chance.randrange(partitions)
    if CLEANUP[topic] is not Cleanup.COMPACT and chance.random() < 0.2:
        key = chance.choice((None, b"", b"\0", b"\xff\xfe", b"k" * 50_000))
    headers = chance.choice(_HEADERS) if chance.random() < 0.1 else ()
    return Sent(kind, topic, Output(topic, key, value, partition, headers), use)
