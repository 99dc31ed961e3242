"""Kafka's artifacts: named in pom.xml, fetched once by Maven."""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
from pathlib import Path

from deploy.kafka._errors import BrokerError
from deploy.kafka._java import find_maven
from deploy.kafka._lock import locked

POM = Path(__file__).with_name("pom.xml")
CACHE = POM.parents[2] / "build" / "kafka"
"""git ignores it, and `make clean` removes it."""


def fetched_artifacts(cache: Path = CACHE) -> Path:
    """Return the folder with the artifacts that pom.xml names now, fetched if they are missing.

    Fetching takes seconds and the network, and may be asked for by several processes at once: one
    does it, the others wait. Raises BrokerError if Maven is missing or cannot fetch them.
    """
    folder = cache / hashlib.sha256(POM.read_bytes()).hexdigest()[:16]
    if not folder.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        with locked(cache / "lock", wait=True):
            if not folder.is_dir():
                _fetch(folder)
    return folder


def _fetch(folder: Path) -> None:
    """Fetch everything beside the folder, then rename: what is there is there completely."""
    maven = find_maven()
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        fetched = Path(scratch, "artifacts")
        command = (
            *(maven, "--batch-mode", "--quiet", f"--file={POM}"),
            *("dependency:copy-dependencies", "-DincludeScope=runtime"),
            f"-DoutputDirectory={fetched}",
        )
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
        if done.returncode:
            said = "\n".join((done.stdout + done.stderr).splitlines()[:10])
            raise BrokerError(f"Maven could not fetch Kafka's artifacts:\n{said}")
        fetched.rename(folder)
