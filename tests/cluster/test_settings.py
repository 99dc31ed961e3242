from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cluster import ClusterSettings, ClusterSettingsError, cluster_in


def test_defaults_are_those_of_a_cluster_of_three() -> None:
    """Who names brokers and nothing else gets twelve partitions on three brokers."""
    settings = ClusterSettings.of({"OUTREACH_KAFKA": "one:9092,two:9092"})
    assert (settings.partitions, settings.replication) == (12, 3)
    assert settings.log_url == "kafka://one:9092,two:9092?batch_records=2000"


def test_every_setting_has_its_variable() -> None:
    """A variable has the name of its field, and others of ours are left alone."""
    settings = ClusterSettings.of(
        {
            "OUTREACH_KAFKA": "[::1]:9092",
            "OUTREACH_PARTITIONS": "4",
            "OUTREACH_REPLICATION": "1",
            "OUTREACH_SCHEMA_REGISTRY": "http://ana:secret@one:8081",
            "OUTREACH_WRITE_CONFLUENT": "false",
            "OUTREACH_STATE": "/var/lib/outreach",
            "OUTREACH_INSTANCE": "worker-1",
            "OUTREACH_SESSION_SECONDS": "6.5",
            "OUTREACH_BATCH_RECORDS": "10",
            "OUTREACH_INSERT_ROWS": "11",
            "OUTREACH_INSERT_SECONDS": "0.5",
            "OUTREACH_CACHE_BYTES": "12",
            "OUTREACH_MONITORING_HOST": "::",
            "OUTREACH_MONITORING_PORT": "0",
            "OUTREACH_STUCK_SECONDS": "60",
            "OUTREACH_DATA": "elsewhere",
        }
    )
    assert settings.model_dump() == {
        "kafka": "[::1]:9092",
        "partitions": 4,
        "replication": 1,
        "schema_registry": "http://ana:secret@one:8081",
        "write_confluent": False,
        "state": Path("/var/lib/outreach"),
        "instance": "worker-1",
        "session_seconds": 6.5,
        "batch_records": 10,
        "insert_rows": 11,
        "insert_seconds": 0.5,
        "cache_bytes": 12,
        "monitoring_host": "::",
        "monitoring_port": 0,
        "stuck_seconds": 60.0,
    }


def test_an_empty_variable_is_an_absent_one() -> None:
    """A file of variables may leave one empty: the default holds."""
    given = {"OUTREACH_KAFKA": "one:9092", "OUTREACH_PARTITIONS": "", "OUTREACH_INSTANCE": ""}
    settings = ClusterSettings.of(given)
    assert (settings.partitions, settings.instance) == (12, None)


@pytest.mark.parametrize("environment", [{}, {"OUTREACH_KAFKA": ""}, {"OUTREACH_PARTITIONS": "4"}])
def test_without_brokers_there_is_no_cluster(environment: dict[str, str]) -> None:
    """Nothing else makes one."""
    assert cluster_in(environment) is None
    with pytest.raises(ClusterSettingsError, match="set OUTREACH_KAFKA in the environment"):
        ClusterSettings.of(environment)


@pytest.mark.parametrize(
    "kafka", ["one", "one:", ":9092", "one:0", "one:65536", "one:9092,", "a:b"]
)
def test_brokers_need_a_host_and_a_port(kafka: str) -> None:
    """What is no list of them is named with how it is written."""
    with pytest.raises(ClusterSettingsError, match=f"OUTREACH_KAFKA is '{kafka}': write HOST:PORT"):
        ClusterSettings.of({"OUTREACH_KAFKA": kafka})


def test_every_mistake_is_named_at_once() -> None:
    """A line each, with the key and what it is set to."""
    given = {"OUTREACH_KAFKA": "x", "OUTREACH_PARTITIONS": "0", "OUTREACH_SESSION_SECONDS": "soon"}
    with pytest.raises(ClusterSettingsError) as caught:
        ClusterSettings.of(given)
    lines = str(caught.value).splitlines()
    assert len(lines) == len(given)
    assert all(any(f"{key} is '{given[key]}': " in line for line in lines) for key in given)


def test_the_password_of_a_registry_is_never_shown() -> None:
    """Neither where the settings are printed nor in what is said of a wrong one."""
    given = {"OUTREACH_KAFKA": "one:9092", "OUTREACH_SCHEMA_REGISTRY": "http://ana:secret@one:8081"}
    assert "secret" not in repr(ClusterSettings.of(given))
    wrong = given | {"OUTREACH_SCHEMA_REGISTRY": "ftp://ana:secret@one"}
    with pytest.raises(ClusterSettingsError, match="OUTREACH_SCHEMA_REGISTRY is wrong") as caught:
        ClusterSettings.of(wrong)
    assert "secret" not in str(caught.value)
