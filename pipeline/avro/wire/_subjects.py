"""Under which subject the schema of a topic stands in the registry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType

from pipeline.avro._codec import REGISTRY
from pipeline.avro._names import SchemaName
from pipeline.avro.wire._schema_registry import SchemaRegistry
from pipeline.topics import Topic

SHARED_TOPICS: Mapping[Topic, SchemaName] = MappingProxyType(
    {
        Topic.DM_SENT: SchemaName.DM_SENT,
        Topic.FOLLOW_UPS: SchemaName.FOLLOW_UP,
        Topic.REPLIES: SchemaName.REPLY,
        Topic.SEND_REQUESTS: SchemaName.SEND_REQUEST,
        Topic.POLICIES: SchemaName.POLICY,
        Topic.PAUSES: SchemaName.PAUSE,
        Topic.TOUCHES: SchemaName.TOUCH,
        Topic.VIOLATIONS: SchemaName.VIOLATION,
        Topic.REPLY_OUTCOMES: SchemaName.REPLY_OUTCOME,
        Topic.AUDIENCE_MESSAGES: SchemaName.AUDIENCE_MESSAGE,
        Topic.RATE_CELLS: SchemaName.RATE_CELLS,
        Topic.CAMPAIGN_RISK: SchemaName.CAMPAIGN_RISK,
        Topic.SEND_DECISIONS: SchemaName.SEND_DECISION,
        Topic.ALERTS: SchemaName.ALERT,
        Topic.DEAD_LETTERS: SchemaName.DEAD_LETTER,
    }
)
"""What others write or read, with the one schema of each.

The feeds between two of our folds are nobody else's, and stay as they are.
"""


def subject_of(topic: str) -> str:
    """Return the subject of a topic's values, as Confluent's TopicNameStrategy has it.

    >>> subject_of("outreach.replies")
    'outreach.replies-value'
    """
    return f"{topic}-value"


async def register_schemas(registry: SchemaRegistry) -> dict[Topic, int]:
    """Register the newest schema of every shared topic, and return their ids.

    May be done as often as one likes. Raises RegistryRefusedError when one is not compatible with
    what the subject has, and RegistryError.
    """
    return {
        topic: await registry.register(
            subject_of(topic), json.dumps(dict(REGISTRY.newest(name).definition))
        )
        for topic, name in SHARED_TOPICS.items()
    }
