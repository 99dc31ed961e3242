"""The settings of brokers, before any is started."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.kafka._settings import Member, Settings, as_properties, broker_settings

MEMBERS = [Member(node, 9091 + node, 9190 + node) for node in (1, 2, 3)]


def settings_of(brokers: int, **changes: str | int) -> Settings:
    """Return the settings of the first of so many brokers; underscores stand for dots."""
    by_name = {name.replace("_", "."): value for name, value in changes.items()}
    return broker_settings(MEMBERS[0], MEMBERS[:brokers], Path("/data"), by_name)


def test_one_broker_has_the_only_copy() -> None:
    """Nothing waits for a second copy that can never be."""
    settings = settings_of(1)

    replication = {name: value for name, value in settings.items() if "replication" in name}
    assert len(replication) == 4
    assert set(replication.values()) == {1}
    assert settings["min.insync.replicas"] == settings["transaction.state.log.min.isr"] == 1


def test_three_brokers_have_three_copies() -> None:
    """Every record has three, and two are enough for it to be acknowledged."""
    settings = settings_of(3)

    assert settings["default.replication.factor"] == 3
    assert settings["offsets.topic.replication.factor"] == 3
    assert settings["min.insync.replicas"] == settings["transaction.state.log.min.isr"] == 2


def test_members_know_each_other() -> None:
    """Each names itself by its own ports, and all controllers by theirs."""
    second = broker_settings(MEMBERS[1], MEMBERS, Path("/data"), {})

    assert second["node.id"] == 2
    assert second["advertised.listeners"] == "CLIENTS://127.0.0.1:9093"
    assert second["listeners"] == "CLIENTS://127.0.0.1:9093,CONTROLLER://127.0.0.1:9192"
    assert (
        second["controller.quorum.voters"] == "1@127.0.0.1:9191,2@127.0.0.1:9192,3@127.0.0.1:9193"
    )


def test_changes_come_last() -> None:
    """A setting that is given replaces ours, and one that we do not have is added."""
    settings = settings_of(1, auto_create_topics_enable="true", log_segment_bytes=1_048_576)

    assert settings["auto.create.topics.enable"] == "true"
    assert settings["log.segment.bytes"] == 1_048_576


def test_what_makes_the_cluster_stays() -> None:
    """Numbers, addresses and folders cannot be replaced, since others depend on them."""
    with pytest.raises(ValueError, match=r"made by the cluster itself: log\.dirs, node\.id$"):
        settings_of(1, node_id=7, log_dirs="/elsewhere")


def test_a_comma_in_the_folder_is_refused() -> None:
    """Kafka would take such a path for two."""
    with pytest.raises(ValueError, match="comma in its path: /my,data"):
        broker_settings(MEMBERS[0], MEMBERS[:1], Path("/my,data"), {})


def test_properties_are_ascii() -> None:
    r"""Java reads `\uXXXX` and `\\` in a properties file, and takes other bytes for Latin-1."""
    text = as_properties({"log.dirs": "/süd 🌊\\data", "node.id": 1})

    assert text == "log.dirs=/s\\u00fcd \\ud83c\\udf0a\\\\data\nnode.id=1\n"
