"""The form of docker-compose.yml: no engine is needed to see that it is careful."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]

each_service = pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)


@each_service
def test_ports_are_open_to_this_machine_alone(service: dict[str, Any]) -> None:
    """Each port is bound to 127.0.0.1."""
    assert service["ports"]
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])


@each_service
def test_passwords_have_no_default(service: dict[str, Any]) -> None:
    """Each password comes from outside, and without it nothing starts."""
    for name, value in service["environment"].items():
        if "PASSWORD" in name:
            assert re.fullmatch(r"\$\{[A-Z_]+_PASSWORD:\?[^}]+\}", value), name


@each_service
def test_images_are_of_one_version(service: dict[str, Any]) -> None:
    """Each image is named with its version, so that tomorrow's start is today's."""
    assert re.search(r":\d+\.\d+(\.\d+)?$", service["image"])


@each_service
def test_volumes_are_there(service: dict[str, Any]) -> None:
    """Data lies in a declared volume; files of the tree are mounted from where they are."""
    for source, *_ in (volume.split(":") for volume in service["volumes"]):
        assert (ROOT / source).exists() if source.startswith("./") else source in COMPOSE["volumes"]


@each_service
def test_health_is_looked_at(service: dict[str, Any]) -> None:
    """Each service says how one sees that it is well."""
    assert service["healthcheck"]["test"][0] == "CMD"


def test_the_server_is_the_embedded_engine() -> None:
    """ClickHouse is the same version in the container and in the process."""
    engine = version("chdb-core-lite")

    assert SERVICES["clickhouse"]["image"].endswith(f":{engine.rpartition('.')[0]}")


def test_kafka_is_of_version_4_without_zookeeper() -> None:
    """One node is broker and controller."""
    kafka = SERVICES["kafka"]

    assert kafka["image"].startswith("apache/kafka:4.")
    assert kafka["environment"]["KAFKA_PROCESS_ROLES"] == "broker,controller"


def test_grafana_is_optional() -> None:
    """It starts only when its profile is asked for."""
    optional = [name for name, service in SERVICES.items() if "profiles" in service]

    assert optional == ["grafana"]


def test_every_variable_is_in_the_example() -> None:
    """Each variable that one can set stands in example.env, passwords without a value."""
    example = (ROOT / "deploy" / "example.env").read_text("utf-8")
    set_there = dict(re.findall(r"^#?([A-Z_]+)=(.*)$", example, re.MULTILINE))

    assert set_there.keys() == set(re.findall(r"\$\{([A-Z_]+)", TEXT))
    assert not any(value for name, value in set_there.items() if name.endswith("_PASSWORD"))


def test_the_reader_may_only_look() -> None:
    """The user of Grafana and the data team reads, and its password comes from outside."""
    users = ET.parse(ROOT / "deploy" / "clickhouse" / "reader.xml").getroot()

    assert users.findtext("profiles/reader/readonly") == "1"
    assert users.findtext("users/reader/profile") == "reader"
    password = users.find("users/reader/password")
    assert password is not None
    assert password.attrib == {"from_env": "READER_PASSWORD"}
    grants = [grant.text or "" for grant in users.iterfind("users/reader/grants/query")]
    assert grants
    assert all(grant.startswith("GRANT SELECT ON outreach") for grant in grants)


def test_grafana_reads_with_the_reader() -> None:
    """The data source is the server of this file, with the user that may only look."""
    path = ROOT / "deploy" / "grafana" / "datasources" / "clickhouse.yaml"
    (source,) = yaml.safe_load(path.read_text("utf-8"))["datasources"]

    assert source["jsonData"]["host"] in SERVICES
    assert source["jsonData"]["username"] == "reader"
    assert source["secureJsonData"] == {"password": "$READER_PASSWORD"}
