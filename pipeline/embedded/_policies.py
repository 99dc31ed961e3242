"""Put a policy into the log, when it is another one than the log has."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID, uuid5

from pipeline.avro import SchemaName, encode
from pipeline.events import Milliseconds
from pipeline.importer import Log
from pipeline.policy import Policy
from pipeline.topics import Topic
from pipeline.transport import Output
from pipeline.transport.sqlite import Transaction

_NAMESPACE = UUID("0c0f0a3e-57a5-5d5e-8b36-1e2d7f6b9d10")
"""Ours alone, so that our ids collide with nobody's."""
POLICY_NOTE = "policy"
"""The note in the log that says which policy was loaded last."""


def load_policy(log: Log, policy: Policy, source: str, now: Milliseconds) -> bool:
    """Put a policy into the log, one copy per partition; return False if it is in force already.

    It holds from the moment that its file names. A file that names none holds from `now` on, or, as
    the first policy of a log, for everything. Blocks until durable.
    """
    document = policy.document()
    digest = sha256(document.encode()).digest()
    last = log.meta(POLICY_NOTE)
    if last == digest:
        return False
    effective_from = policy.effective_from
    if effective_from is None and last is not None:
        effective_from = now
    record = {
        "policy_id": str(uuid5(_NAMESPACE, f"{effective_from}:{document}")),
        "effective_from": effective_from,
        "loaded_at": now,
        "source": source,
        "document": document,
    }
    value = encode(SchemaName.POLICY, record)
    outputs = [
        Output(topic, None, value, partition)
        for topic in (Topic.POLICIES, Topic.CAMPAIGN_POLICIES)
        for partition in range(log.partition_count(topic))
    ]
    log.submit(Transaction(outputs=outputs, meta={POLICY_NOTE: digest})).result()
    return True


def has_policy(log: Log) -> bool:
    """Whether a policy was ever loaded."""
    return log.meta(POLICY_NOTE) is not None
