"""Finding Java and Maven, on machines that have them or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.kafka import BrokerError
from deploy.kafka._java import find_java, find_maven, java_version


def java_home(folder: Path, says: str) -> Path:
    """Make a folder with a Java that says this of its version."""
    java = folder / "bin" / "java"
    java.parent.mkdir()
    java.write_text(f"#!/bin/sh\necho '{says}' >&2\n")
    java.chmod(0o755)
    return folder


@pytest.mark.parametrize(
    ("shown", "version"),
    [
        ('openjdk version "17.0.15" 2025-04-15', 17),
        ('openjdk version "25" 2025-09-16 LTS', 25),
        ('java version "1.8.0_402"', 8),
        ('Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version "21-ea" 2023', 21),
        ("no such thing", None),
    ],
)
def test_versions_are_read(shown: str, version: int | None) -> None:
    """The major version is found whichever way it is written."""
    assert java_version(shown) == version


def test_java_of_java_home_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """JAVA_HOME comes before PATH."""
    home = java_home(tmp_path, 'openjdk version "17.0.15"')
    monkeypatch.setenv("JAVA_HOME", str(home))

    assert find_java() == str(home / "bin" / "java")


def test_an_old_java_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says which one it is, how new it has to be, and how to name another."""
    home = java_home(tmp_path, 'openjdk version "11.0.2"')
    monkeypatch.setenv("JAVA_HOME", str(home))

    with pytest.raises(BrokerError, match=r"is Java 11, .* needs Java 17 or newer.*JAVA_HOME"):
        find_java()


def test_something_else_than_java_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it said instead of its version is shown."""
    monkeypatch.setenv("JAVA_HOME", str(java_home(tmp_path, "Install Java first.")))

    with pytest.raises(BrokerError, match=r"does not say .*\nInstall Java first"):
        find_java()


def test_missing_java_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says where it was looked for."""
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(BrokerError, match=r"no Java in JAVA_HOME \(.*needs Java 17"):
        find_java()

    monkeypatch.delenv("JAVA_HOME")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BrokerError, match="no Java in PATH"):
        find_java()


def test_missing_maven_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says what it would have been for."""
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(BrokerError, match=r"no Maven .* in PATH: it fetches Kafka"):
        find_maven()
