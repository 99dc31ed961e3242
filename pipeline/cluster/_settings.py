"""The settings of a cluster, from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from pipeline.avro.wire import RegistrySettings
from pipeline.state import DEFAULT_CACHE_BYTES

KAFKA_VARIABLE = "OUTREACH_KAFKA"
_PREFIX = "OUTREACH_"
_LAST_PORT = 65_535


class ClusterSettingsError(Exception):
    """The environment names no cluster, or says something of it that makes no sense.

    The message names every key that is wrong, one a line.
    """


def _said(key: str, given: object, message: str) -> str:
    # The URL of a registry may hold a password.
    value = "wrong" if key == _PREFIX + "SCHEMA_REGISTRY" else repr(given)
    return f"{key} is {value}: {message.removeprefix('Value error, ')}"


def _registry(text: str) -> str:
    RegistrySettings.parse(text)
    return text


def _servers(text: str) -> str:
    servers = [server.strip() for server in text.split(",")]
    for server in servers:
        host, _, port = server.rpartition(":")
        if not (host and port.isascii() and port.isdigit() and 0 < int(port) <= _LAST_PORT):
            raise ValueError("write HOST:PORT, and several of them with commas between")
    return ",".join(servers)


class ClusterSettings(BaseModel):
    """Where the servers are, and how one worker works.

    >>> settings = ClusterSettings.of({"OUTREACH_KAFKA": "a:9092, b:9092", "OUTREACH_INSTANCE": ""})
    >>> settings.kafka, settings.partitions, settings.instance
    ('a:9092,b:9092', 12, None)
    >>> ClusterSettings.of({"OUTREACH_KAFKA": "a:9092", "OUTREACH_PARTITIONS": "many"})
    Traceback (most recent call last):
        ...
    pipeline.cluster._settings.ClusterSettingsError: OUTREACH_PARTITIONS is 'many': Input should \
be a valid integer, unable to parse string as an integer
    """

    model_config = ConfigDict(frozen=True, alias_generator=lambda name: _PREFIX + name.upper())

    kafka: Annotated[str, AfterValidator(_servers)]
    """Brokers to begin with, as HOST:PORT with commas between; they name the others."""
    partitions: int = Field(default=12, ge=1, le=10_000)
    """How many partitions each topic has. Never to be changed: accounts would move."""
    replication: int = Field(default=3, ge=1, le=100)
    """On how many brokers each record stands; 1 where there is one broker."""
    schema_registry: Annotated[str, AfterValidator(_registry)] | None = Field(None, repr=False)
    """URLs of a schema registry, with commas between; then records are in Confluent's format."""
    write_confluent: bool = True
    """Off: that format is read, and not written yet. So all workers can learn to read it before one
    of them writes it."""

    state: Path = Path("state")
    """Where this worker keeps its state; no other worker may use it."""
    instance: str | None = None
    """The name of this worker, for ever: started again soon enough, it gets the same partitions
    back and no other worker notices. None: it leaves the others its partitions when it stops."""
    session_seconds: float = Field(default=30.0, gt=0, le=1800)
    """For how long a worker may be silent before others take its partitions. Whoever is on call
    hears of a campaign within a minute, also if the worker that was to tell them is dead."""
    batch_records: int = Field(default=2_000, ge=1)
    """The most records of one partition and topic that are processed together."""
    insert_rows: int = Field(default=20_000, ge=1)
    """The warehouse gets records when this many are waiting,"""
    insert_seconds: float = Field(default=1.0, ge=0)
    """or when the oldest has waited this long."""
    cache_bytes: int = Field(default=DEFAULT_CACHE_BYTES, ge=0)
    """How much decoded state is kept in memory."""
    monitoring_host: str = "127.0.0.1"
    """Where health and metrics are served,"""
    monitoring_port: int | None = Field(default=None, ge=0, le=_LAST_PORT)
    """and at which port; 0 is any free one, None is 8090, or any free one where that is taken."""
    stuck_seconds: float = Field(default=300.0, ge=5, le=86_400)
    """For how long something may stand still although there is work for it: then it ends itself."""

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Self:
        """Read the variables `OUTREACH_…` that are named as the fields are; empty means absent.

        Raises ClusterSettingsError.
        """
        keys = {_PREFIX + name.upper() for name in cls.model_fields}
        given = {key: environment[key] for key in keys if environment.get(key)}
        if KAFKA_VARIABLE not in given:
            raise ClusterSettingsError(
                f"No cluster is named: set {KAFKA_VARIABLE} in the environment to its brokers, "
                "as HOST:PORT with commas between."
            )
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            raise ClusterSettingsError(
                "\n".join(
                    _said(str(problem["loc"][0]), problem["input"], problem["msg"])
                    for problem in error.errors(include_url=False)
                )
            ) from None

    @property
    def registry(self) -> RegistrySettings | None:
        """The schema registry, if there is one."""
        return (
            None if self.schema_registry is None else RegistrySettings.parse(self.schema_registry)
        )

    @property
    def log_url(self) -> str:
        """The log as Faust knows it."""
        return f"kafka://{self.kafka}?batch_records={self.batch_records}"


def cluster_in(environment: Mapping[str, str] = os.environ) -> ClusterSettings | None:
    """Return the settings of the cluster that the environment names; None if it names none.

    Raises ClusterSettingsError if it names one and is wrong about it.
    """
    return ClusterSettings.of(environment) if environment.get(KAFKA_VARIABLE) else None
