"""Programs that tests run and nobody else needs: fetched once, kept under `build/`."""

from __future__ import annotations

import fcntl
import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

BUILD = Path(__file__).parents[3] / "build"
REGISTRY = "io.apicurio:apicurio-registry-app:2.6.13.Final:tar.gz:all"
"""Apicurio, the newest of its second line: its third wants Java 21."""
UNPACK = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack"
CLICKHOUSE = "chdb-core==26.9.0"
"""The engine with every format; the one that the product stands on has no Avro."""


def fetched_registry() -> Path:
    """Return the folder with the registry; blocks for the network the first time."""
    return _once("schema-registry", REGISTRY, _fetch_registry)


def fetched_clickhouse() -> Path:
    """Return the folder with the Python package of the engine; blocks likewise."""
    return _once("clickhouse-engine", CLICKHOUSE, _fetch_clickhouse)


def _once(name: str, version: str, fetch: Callable[[Path], None]) -> Path:
    """Of several processes one fetches beside the folder and renames, the others wait."""
    folder = BUILD / name / hashlib.sha256(version.encode()).hexdigest()[:16]
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_name("lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
                fetch(Path(scratch, "fetched"))
                Path(scratch, "fetched").rename(folder)
    return folder


def _fetch_registry(folder: Path) -> None:
    unpack = ("mvn", "--batch-mode", "--quiet", UNPACK)
    _run(*unpack, f"-Dartifact={REGISTRY}", f"-DoutputDirectory={folder}")


def _fetch_clickhouse(folder: Path) -> None:
    uv = str(Path(sys.executable).with_name("uv"))
    _run(uv, "pip", "install", "--quiet", "--no-deps", "--target", str(folder), CLICKHOUSE)


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
