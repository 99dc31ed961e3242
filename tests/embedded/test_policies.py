from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.avro import SchemaName, decode
from pipeline.embedded import PARTITIONS, has_policy, load_policy
from pipeline.events import Milliseconds
from pipeline.policy import DEFAULT_POLICY, Policy, load
from pipeline.topics import Topic
from pipeline.transport.sqlite import SqliteLog, TopicSpec

TOPICS = [TopicSpec(topic, PARTITIONS) for topic in (Topic.POLICIES, Topic.CAMPAIGN_POLICIES)]
NOW, LATER = Milliseconds(1_767_225_600_000), Milliseconds(1_767_312_000_000)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[SqliteLog]:
    """Open a log in which policies may stand."""
    with SqliteLog.open(tmp_path / "log.db") as log:
        log.create_topics(TOPICS)
        yield log


@pytest.fixture
def strict(tmp_path: Path) -> Policy:
    """Load a policy that does not say from when it is in force."""
    file = tmp_path / "strict.toml"
    file.write_text("[rules]\nmax_follow_ups = 1\n")
    return load(file)


@pytest.fixture
def dated(tmp_path: Path) -> Policy:
    """Load a policy that says so."""
    file = tmp_path / "dated.toml"
    file.write_text("effective_from = 2026-01-01T00:00:00Z\n[rules]\nmax_follow_ups = 0\n")
    return load(file)


def policies(log: SqliteLog, partition: int = 0) -> list[dict[str, Any]]:
    """Return the policies of a partition."""
    found = [decode(record.value or b"") for record in log.read(Topic.POLICIES, partition, 0)]
    assert {name for name, _ in found} <= {SchemaName.POLICY}
    return [record for _, record in found]


def test_every_partition_gets_a_copy(log: SqliteLog, strict: Policy) -> None:
    """All say the same, and the document is the whole policy."""
    assert not has_policy(log)
    assert load_policy(log, strict, "strict.toml", NOW)

    assert has_policy(log)
    (first,), *others = (policies(log, partition) for partition in range(PARTITIONS))
    assert others == [[first]] * (PARTITIONS - 1)
    for partition in range(PARTITIONS):
        (copy,) = log.read(Topic.CAMPAIGN_POLICIES, partition, 0)
        assert decode(copy.value or b"") == (SchemaName.POLICY, first)
    assert Policy.from_document(first["document"]) == strict
    assert (first["source"], first["loaded_at"]) == ("strict.toml", NOW)


def test_the_policy_in_force_is_not_loaded_again(log: SqliteLog, strict: Policy) -> None:
    """Whatever file it comes from; another one is, and then the first one once more."""
    assert load_policy(log, strict, "strict.toml", NOW)
    assert not load_policy(log, strict, "copy of strict.toml", LATER)
    assert load_policy(log, DEFAULT_POLICY, "the shipped defaults", LATER)
    assert load_policy(log, strict, "strict.toml", Milliseconds(LATER + 1))

    starts = [policy["effective_from"] for policy in policies(log)]
    assert starts == [None, LATER, LATER + 1]


def test_the_first_policy_holds_for_everything(log: SqliteLog, strict: Policy) -> None:
    """It judges touches from before it was loaded; a later one holds from when it is loaded."""
    load_policy(log, DEFAULT_POLICY, "the shipped defaults", NOW)
    load_policy(log, strict, "strict.toml", LATER)

    assert [policy["effective_from"] for policy in policies(log)] == [None, LATER]


def test_a_day_in_the_file_counts(log: SqliteLog, dated: Policy) -> None:
    """A policy holds from the moment that its file names, the first one too."""
    load_policy(log, dated, "dated.toml", LATER)

    (policy,) = policies(log)
    assert policy["effective_from"] == NOW


def test_ids_tell_policies_apart(log: SqliteLog, strict: Policy) -> None:
    """The same policy in force from another time has another id."""
    for number, policy in enumerate([strict, DEFAULT_POLICY, strict, DEFAULT_POLICY]):
        load_policy(log, policy, "by hand", Milliseconds(NOW + number))

    assert len({policy["policy_id"] for policy in policies(log)}) == 4


def test_what_was_loaded_is_known_after_a_restart(tmp_path: Path, strict: Policy) -> None:
    """The log itself remembers the policy."""
    with SqliteLog.open(tmp_path / "again.db") as log:
        log.create_topics(TOPICS)
        load_policy(log, strict, "strict.toml", NOW)

    with SqliteLog.open(tmp_path / "again.db") as log:
        assert has_policy(log)
        assert not load_policy(log, strict, "strict.toml", LATER)
        assert len(policies(log)) == 1
