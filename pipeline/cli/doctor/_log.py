"""Examine the log and how far its agents are, also while another process has it open."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from urllib.parse import quote

from pipeline.cli.doctor._finding import Finding, note, sound, wrong
from pipeline.embedded import PARTITIONS, DataDirectory
from pipeline.topics import CLEANUP
from pipeline.transport.sqlite import LogError, SqliteLog

# A log opens for one process at a time, and this is to look into one that another process has.
from pipeline.transport.sqlite._catalog import Catalog, PositionKey
from pipeline.worker import GROUP

AgentTopics = Mapping[str, frozenset[str]]
"""Which topics each agent reads."""


def examine_log(directory: DataDirectory, agents: AgentTopics) -> Iterator[Finding]:
    """Yield what there is to say of the log of a folder into which something was loaded."""
    is_served = directory.endpoint() is not None
    try:
        if is_served:
            yield note(
                "Log", "read beside the process that has it open", "Its file was not checked."
            )
        else:
            SqliteLog.open(directory.log_path).close()
            yield sound("Log", f"opens; {directory.log_path.stat().st_size / 1e6:,.1f} MB")
        uri = f"file:{quote(str(directory.log_path))}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            catalog = Catalog(connection)
    except (LogError, sqlite3.Error, OSError) as error:
        yield wrong("Log", f"{error}", f"Restore {directory.log_path} from a copy.")
        return
    yield _topics(catalog)
    for agent, topics in sorted(agents.items()):
        yield _agent(agent, behind(catalog, topics), is_served=is_served)


def behind(catalog: Catalog, topics: frozenset[str]) -> int:
    """Return how many records of these topics are yet to be acknowledged."""
    total = 0
    for name in topics & catalog.topics.keys():
        for partition in catalog.topic(name).partitions:
            position = catalog.positions.get(PositionKey(GROUP, name, partition.number), 0)
            total += partition.end - max(partition.start, position)
    return total


def _topics(catalog: Catalog) -> Finding:
    missing = sorted(topic for topic in CLEANUP if topic not in catalog.topics)
    uneven = sorted(
        f"{topic} has {len(catalog.topic(topic).partitions)} partitions"
        for topic in CLEANUP
        if topic in catalog.topics and len(catalog.topic(topic).partitions) != PARTITIONS
    )
    if uneven:
        advice = (
            f"Load the logs into a new folder: every topic needs {PARTITIONS}, so that what "
            "concerns one account stays together."
        )
        return wrong("Topics", "; ".join(uneven), advice)
    if missing:
        return note("Topics", f"{', '.join(missing)} missing", "The next start creates them.")
    records = sum(
        partition.end - partition.start
        for topic in CLEANUP
        for partition in catalog.topic(topic).partitions
    )
    return sound("Topics", f"{len(CLEANUP)} with {PARTITIONS} partitions each; {records:,} offsets")


def _agent(agent: str, lag: int, *, is_served: bool) -> Finding:
    subject = f"Agent {agent}"
    if not lag:
        return sound(subject, "has processed everything")
    found = f"{lag:,} records behind"
    if is_served:
        return note(subject, found, "It should catch up; look again in a moment.")
    return note(subject, found, "The next `outreach run` or `outreach up` catches up.")
