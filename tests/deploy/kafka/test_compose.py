"""The broker of docker-compose.yml and the one without Docker are the same Kafka."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml

from deploy.kafka._artifacts import POM
from deploy.kafka._settings import Member, broker_settings

THEIR_OWN = {
    "node.id",
    "listeners",
    "advertised.listeners",
    "listener.security.protocol.map",
    "inter.broker.listener.name",
    "controller.quorum.voters",
    "log.dirs",
}
"""A container has other addresses and folders than a process of this machine."""


@pytest.fixture(scope="session")
def service(root: Path) -> dict[str, Any]:
    """Return the service `kafka`."""
    composed = yaml.safe_load((root / "docker-compose.yml").read_text("utf-8"))
    service: dict[str, Any] = composed["services"]["kafka"]
    return service


def test_settings_agree(service: dict[str, Any]) -> None:
    """What the container is set to is what our single broker is set to."""
    member = Member(1, 9092, 9093)
    ours = broker_settings(member, [member], Path("/data"), {})

    for variable, value in service["environment"].items():
        name = variable.removeprefix("KAFKA_").lower().replace("_", ".")
        if name not in THEIR_OWN:
            assert str(ours[name]) == str(value), name


def test_versions_agree(service: dict[str, Any]) -> None:
    """The artifacts are those of the image's version."""
    pom = ET.parse(POM).getroot()
    kafka = pom.find(".//{*}dependency[{*}groupId='org.apache.kafka']/{*}version")

    assert kafka is not None
    assert service["image"] == f"apache/kafka:{kafka.text}"
