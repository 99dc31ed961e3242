"""Throw away everything that is derived, so that it is made anew from the log.

It takes two steps, of which the second is done again whenever a system starts that finds it
unfinished: a rebuild may be killed at any moment.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from pipeline.topics import CLEANUP, Cleanup, Topic
from pipeline.transport.sqlite import Position, SqliteLog, Transaction
from pipeline.warehouse import Address, empty_tables
from pipeline.worker import GROUP, TOLD

_NOTE = "rebuild"
"""The note in the log that says that state and warehouse are still to be emptied."""
_FACTS = frozenset({f"{GROUP}-{TOLD}-changelog"})
"""State that tells of facts: it is restored as it was, and nobody is told anything again."""


def begin_rebuild(log: SqliteLog) -> None:
    """Empty all derived topics and go back to the start of all others, in one transaction.

    Offsets go on, so that what is derived from now on is newer than what was before. Blocks until
    durable.
    """
    kept = {topic for topic, cleanup in CLEANUP.items() if cleanup is Cleanup.KEEP}
    positions = [
        Position(GROUP, topic, partition, log.start_offset(topic, partition))
        for topic in kept
        for partition in range(log.partition_count(topic))
    ]
    derived = [
        name for name in log.topics if name not in kept and _is_ours(name) and name not in _FACTS
    ]
    log.submit(Transaction(truncate=derived, positions=positions, meta={_NOTE: b"1"})).result()


def finish_rebuild(log: SqliteLog, state: Path, warehouse: Address) -> None:
    """Empty state and warehouse if a rebuild has begun; the agents must not run yet. Blocks."""
    if log.meta(_NOTE) is None:
        return
    shutil.rmtree(state, ignore_errors=True)
    empty_tables(warehouse)
    log.submit(Transaction(meta={_NOTE: None})).result()


def _is_ours(name: str) -> bool:
    return name in set(Topic) or name.endswith("-changelog")
