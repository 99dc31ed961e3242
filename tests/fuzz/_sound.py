"""Sound records of every topic, each with ids of its own, to be damaged or sent as they are."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.topics import Topic
from tests.fuzz._derived import DERIVED, plain
from tests.fuzz._judging import SCHEMA_OF
from tests.fuzz._published import Published, Record, newest, write_value
from tests.reference.model import Event


@dataclass(frozen=True)
class Sound:
    """A record that is of use, if it is no policy."""

    topic: Topic
    schema: Published
    record: Record

    def pieces(self) -> dict[str, bytes]:
        """Return the bytes of each field."""
        types = self.schema.types()
        return {name: write_value(types[name], self.record[name]) for name in types}

    def value(self, **changed: bytes) -> bytes:
        """Return the message, with other bytes for some of its fields."""
        return self.schema.header + b"".join((self.pieces() | changed).values())


class Source:
    """Makes sound records; equal seeds, equal records.

    Events are those of a log, moved to workspaces, and given ids, that nobody else has.
    """

    def __init__(self, log: Sequence[Event], chance: random.Random) -> None:
        self._log = log
        self._chance = chance

    def of(self, topic: Topic) -> Sound:
        """Return a record of this topic."""
        schema = newest(SCHEMA_OF[topic])
        if topic in DERIVED:
            return Sound(topic, schema, DERIVED[topic](self.new_id))
        return Sound(topic, schema, self._event(topic))

    def new_id(self) -> str:
        """Return an id that a flip of bits does not turn into another one of ours."""
        return f"{self._chance.getrandbits(64):016x}"

    def _event(self, topic: Topic) -> Record:
        of_type = {
            Topic.DM_SENT: "dm_sent",
            Topic.FOLLOW_UPS: "follow_up",
            Topic.REPLIES: "reply",
            Topic.SEND_REQUESTS: "send_request",
        }[topic]
        event = replace(
            self._chance.choice(self._log),
            type=of_type,
            event_id=self.new_id(),
            message_id=self.new_id(),
            workspace=f"damaged {self._chance.randrange(40)}",
        )
        return record_of(event)


def record_of(event: Event) -> Record:
    """Return what a sender writes of an event."""
    names = newest(
        {"dm_sent": "dm-sent", "follow_up": "follow-up"}.get(
            event.type, event.type.replace("_", "-")
        )
    ).types()
    texts = {
        "body": plain(event.body),
        "creator_name": None if event.creator_name is None else plain(event.creator_name),
        "creator_content": list(event.creator_content),
        "kind": event.kind or "message",
        "request_id": event.message_id,
    }
    return {name: texts[name] if name in texts else getattr(event, name) for name in names}
