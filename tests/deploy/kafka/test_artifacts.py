"""Fetching Kafka, with programs in the place of Maven that need no network."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from deploy.kafka import BrokerError
from deploy.kafka._artifacts import CACHE, fetched_artifacts

FETCHES = """
for argument; do
  case $argument in -DoutputDirectory=*) folder=${argument#*=} ;; esac
done
mkdir "$folder" && echo jar >"$folder/kafka.jar" && echo fetched >>"$(dirname "$0")/calls"
"""
FAILS = """
echo '[ERROR] Could not transfer artifact: no such host'
exit 1
"""


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """Return a folder for artifacts that is not there yet."""
    return tmp_path / "build" / "kafka"


def maven(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the script what `mvn` is."""
    program = folder / "mvn"
    program.write_text(f"#!/bin/sh\n{script}")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)


def test_artifacts_are_fetched_once(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several that need them at once wait for the one that fetches, and all get the same."""
    maven(tmp_path, FETCHES, monkeypatch)

    with ThreadPoolExecutor(4) as threads:
        (folder,) = set(threads.map(fetched_artifacts, [cache] * 4))

    assert (folder / "kafka.jar").read_text() == "jar\n"
    assert (tmp_path / "calls").read_text() == "fetched\n"


def test_a_failure_is_shown_and_leaves_nothing(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Maven's own words are in the error, and the next try begins anew."""
    maven(tmp_path, FAILS, monkeypatch)
    with pytest.raises(BrokerError, match=r"could not fetch .*\n.*no such host"):
        fetched_artifacts(cache)

    maven(tmp_path, FETCHES, monkeypatch)
    assert [file.name for file in fetched_artifacts(cache).iterdir()] == ["kafka.jar"]


def test_they_are_where_git_does_not_look(root: Path) -> None:
    """They lie in a folder that git ignores and `make clean` removes."""
    top = CACHE.relative_to(root).parts[0]

    assert f"{top}/" in (root / ".gitignore").read_text().splitlines()
    assert f" {top} " in (root / "Makefile").read_text().partition("\nclean:")[2]
