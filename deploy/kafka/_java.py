"""Where Java and Maven are on this machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

from deploy.kafka._errors import BrokerError

OLDEST_JAVA = 17
"""Brokers of Kafka 4 need it."""


def find_java() -> str:
    """Return the path of `java`: that of JAVA_HOME if it is set, as Maven does, else of PATH.

    Raises BrokerError if there is none, or one that is too old for a broker.
    """
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=os.path.join(home, "bin") if home else None)  # noqa: PTH118 - it wants text
    if java is None:
        where = f"JAVA_HOME ({home})" if home else "PATH"
        raise BrokerError(f"There is no Java in {where}: Kafka needs Java {OLDEST_JAVA} or newer.")
    shown = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr  # noqa: S603 - the user's own Java
    version = java_version(shown)
    if version is None:
        raise BrokerError(f"{java} does not say which version it is:\n{shown}")
    if version < OLDEST_JAVA:
        raise BrokerError(
            f"{java} is Java {version}, and Kafka needs Java {OLDEST_JAVA} or newer: "
            f"install one, or set JAVA_HOME to it."
        )
    return java


def find_maven() -> str:
    """Return the path of `mvn`; raises BrokerError if PATH has none."""
    maven = shutil.which("mvn")
    if maven is None:
        raise BrokerError("There is no Maven (`mvn`) in PATH: it fetches Kafka's artifacts.")
    return maven


def java_version(shown: str) -> int | None:
    """Return the major version in what `java -version` prints, None if none is there."""
    found = re.search(r'version "(?:1\.)?(\d+)', shown)
    return int(found[1]) if found else None
