"""Kafka's programs, as command lines of this machine's Java."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from deploy.kafka._artifacts import fetched_artifacts
from deploy.kafka._errors import BrokerError
from deploy.kafka._java import find_java

_LOGGING = Path(__file__).with_name("log4j2.properties")
_JAVA_OPTIONS = (
    *("-Xms64m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"),
    f"-Dlog4j2.configurationFile={_LOGGING.as_uri()}",
)


@dataclass(frozen=True)
class Kafka:
    """Where Java and Kafka's artifacts are."""

    java: str
    artifacts: Path

    @classmethod
    def found(cls) -> Kafka:
        """Return what is on this machine; artifacts that are missing are fetched, which blocks.

        Raises BrokerError if Java or Maven is missing or of no use.
        """
        return cls(find_java(), fetched_artifacts())

    def broker(self, properties: Path) -> Sequence[str]:
        """Return the command that runs a broker with the settings in this file."""
        return self._command("kafka.Kafka", str(properties))

    def format(self, cluster_id: str, properties: Iterable[Path]) -> None:
        """Make the log directories that these files name ready for the cluster; block until done.

        Raises BrokerError if it cannot, or if the settings are not valid.
        """
        with ExitStack() as stack:
            processes = [
                stack.enter_context(
                    subprocess.Popen(  # noqa: S603 - our own command
                        self._command(
                            *("kafka.tools.StorageTool", "format"),
                            *("--cluster-id", cluster_id, "--config", str(path)),
                        ),
                        stdin=subprocess.DEVNULL,
                        stdout=subprocess.PIPE,
                        stderr=subprocess.STDOUT,
                        text=True,
                    )
                )
                for path in properties
            ]
            for process in processes:
                said, _ = process.communicate()
                if process.returncode:
                    raise BrokerError(f"Kafka cannot make a log directory:\n{said}")

    def _command(self, *arguments: str) -> Sequence[str]:
        return (self.java, *_JAVA_OPTIONS, "-cp", f"{self.artifacts}/*", *arguments)
