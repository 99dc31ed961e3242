"""Short ways to fold a story and to read what is written of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.accounts import AccountChanges, PolicyInForce
from pipeline.avro import decode, open_text
from pipeline.transport import Output
from tests.folds._drawn import parsed
from tests.folds._system import System
from tests.reference import model


def changes_of(
    *batches: Sequence[model.Event], policy: PolicyInForce | None = None
) -> AccountChanges:
    """Return what the last batch changed after the ones before it, and after the policy."""
    system = System()
    if policy is not None:
        system.policy(policy)
    for batch in batches[:-1]:
        system.events([parsed(event) for event in batch])
    return system.events([parsed(event) for event in batches[-1]]).changes


def records(outputs: Iterable[Output], topic: str) -> list[dict[str, Any]]:
    """Return the records of one topic, their bodies opened."""
    return [opened(output) for output in outputs if output.topic == topic]


def opened(output: Output) -> dict[str, Any]:
    """Return the record of an output, its body opened."""
    assert output.value is not None
    _, record = decode(output.value)
    return record | {"body": open_text(record["body"])} if "body" in record else record
