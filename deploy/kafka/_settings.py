"""The settings of one broker."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.kafka._ports import HOST

Settings = Mapping[str, str | int]
"""Kafka's names of settings and their values; booleans as `true` and `false`."""


@dataclass(frozen=True)
class Member:
    """A broker, which is also a controller, as all others know it: number and ports."""

    node: int
    port: int
    controller_port: int


def broker_settings(
    member: Member, members: Sequence[Member], log_directory: Path, changes: Settings
) -> Settings:
    """Return all settings of one member of a cluster, the changes last.

    Raises ValueError if a change concerns what makes this broker this one: numbers, addresses and
    folders; and if the path of the log directory has a comma, which Kafka takes for two paths.
    """
    if "," in str(log_directory):
        raise ValueError(f"Kafka cannot use a folder with a comma in its path: {log_directory}")
    identity = _identity(member, members, log_directory)
    fixed = sorted(identity.keys() & changes.keys())
    if fixed:
        raise ValueError(f"These settings are made by the cluster itself: {', '.join(fixed)}")
    return {**identity, **_replication(len(members)), **_ONE_MACHINE, **changes}


def as_properties(settings: Settings) -> str:
    """Return the settings as a Java properties file, in ASCII."""
    # The escapes of a JSON string are those of a properties file.
    return "".join(f"{name}={json.dumps(str(value))[1:-1]}\n" for name, value in settings.items())


def _identity(member: Member, members: Sequence[Member], log_directory: Path) -> Settings:
    voters = (f"{one.node}@{HOST}:{one.controller_port}" for one in members)
    address = f"CLIENTS://{HOST}:{member.port}"
    return {
        "process.roles": "broker,controller",
        "node.id": member.node,
        "controller.quorum.voters": ",".join(voters),
        "listeners": f"{address},CONTROLLER://{HOST}:{member.controller_port}",
        "advertised.listeners": address,
        "listener.security.protocol.map": "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "inter.broker.listener.name": "CLIENTS",
        "controller.listener.names": "CONTROLLER",
        "log.dirs": str(log_directory),
    }


def _replication(brokers: int) -> Settings:
    """Return settings by which every broker has a copy, and one of three may be down."""
    in_sync = min(brokers, 2)
    return {
        "default.replication.factor": brokers,
        "min.insync.replicas": in_sync,
        "offsets.topic.replication.factor": brokers,
        "transaction.state.log.replication.factor": brokers,
        "transaction.state.log.min.isr": in_sync,
        "share.coordinator.state.topic.replication.factor": brokers,
        "share.coordinator.state.topic.min.isr": in_sync,
    }


_ONE_MACHINE: Settings = {
    # A topic that nobody made is a mistake to hear of.
    "auto.create.topics.enable": "false",
    # A group of few members, all started by one person, waits for no others.
    "group.initial.rebalance.delay.ms": 0,
    # A test may declare a member dead after a second.
    "group.min.session.timeout.ms": 1000,
    # Only when the session of a killed broker has run out do its partitions go to others, or may it
    # come back; nine seconds are for networks.
    "broker.session.timeout.ms": 2000,
    "broker.heartbeat.interval.ms": 250,
    # 50 partitions of each are for hundreds of groups and producers; these are made in no time.
    "offsets.topic.num.partitions": 4,
    "transaction.state.log.num.partitions": 4,
    # Of the 128 MiB that are the default, a small heap would have little left.
    "log.cleaner.dedupe.buffer.size": 16 * 1024 * 1024,
}
