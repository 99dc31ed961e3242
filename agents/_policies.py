"""Read the policies that stand in the log."""

from __future__ import annotations

from agents._batches import MisplacedError
from pipeline.accounts import PolicyInForce
from pipeline.avro import SchemaName, decode
from pipeline.policy import Policy, PolicyError


def read_policy(topic: str, value: bytes) -> PolicyInForce:
    """Return the policy in a record. Raises DecodeError, and MisplacedError where it is none."""
    name, policy = decode(value)
    if name is not SchemaName.POLICY:
        raise MisplacedError(f"a {name} does not belong into {topic}")
    effective_from = policy["effective_from"]
    if effective_from is not None and effective_from < 0:
        raise MisplacedError("effective_from lies before 1970")
    try:
        Policy.from_document(policy["document"])
    except PolicyError as error:
        raise MisplacedError(f"its document is no policy: {error}") from None
    return PolicyInForce(policy["policy_id"], effective_from, policy["document"])
