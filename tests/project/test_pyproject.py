"""What pyproject.toml and its neighbours promise."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

LOCKS = ("requirements.lock", "requirements-dev.lock")


def pinned(lock: str) -> dict[str, set[str]]:
    """Return every version of each package in a lock; there may be one for each Python."""
    versions: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.MULTILINE):
        versions.setdefault(name, set()).add(version)
    return versions


def test_every_exception_from_ruff_has_a_reason(root: Path, pyproject: dict[str, Any]) -> None:
    """Whoever switches a rule off says why, beside it."""
    lint = pyproject["tool"]["ruff"]["lint"]
    codes = [*lint["ignore"], *(code for of in lint["per-file-ignores"].values() for code in of)]
    lines = (root / "pyproject.toml").read_text("utf-8").splitlines()

    for code in codes:
        (line,) = {line for line in lines if line.lstrip().startswith(f'"{code}"')}
        assert re.search(r'",\s+# \w+', line), line


def test_the_pythons_named_are_those_allowed(pyproject: dict[str, Any]) -> None:
    """The classifiers name exactly the versions that may be used."""
    allowed = SpecifierSet(pyproject["project"]["requires-python"])
    named = {
        text.rsplit(" ", 1)[1]
        for text in pyproject["project"]["classifiers"]
        if text.startswith("Programming Language :: Python :: 3.")
    }

    assert named == {f"3.{minor}" for minor in range(30) if f"3.{minor}.0" in allowed}


def test_locks_hold_what_is_asked_for(root: Path, pyproject: dict[str, Any]) -> None:
    """Each lock pins every package that it is for, to a version that pyproject.toml allows."""
    runs = pyproject["project"]["dependencies"]
    develops = [*runs, *pyproject["dependency-groups"]["dev"]]
    for name, wanted in zip(LOCKS, (runs, develops), strict=True):
        versions = pinned((root / name).read_text("utf-8"))
        for requirement in map(Requirement, wanted):
            assert versions[requirement.name]
            assert all(version in requirement.specifier for version in versions[requirement.name])


def test_what_is_tested_is_what_runs(root: Path) -> None:
    """The versions of the one lock are those of the other."""
    runs, develops = (pinned((root / name).read_text("utf-8")) for name in LOCKS)

    assert runs.items() <= develops.items()


@pytest.mark.parametrize("name", LOCKS)
def test_locks_hold_hashes_and_no_addresses(root: Path, name: str) -> None:
    """A lock can be used with any registry, and proves what it delivers."""
    lock = (root / name).read_text("utf-8")
    entries = re.split(r"\n(?=[a-z0-9-]+==)", lock)[1:]

    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"://|index-url|file:|/(home|tmp|root)/", lock)


def test_the_licence_is_here(root: Path, pyproject: dict[str, Any]) -> None:
    """The licence that is named is the one that is shipped."""
    assert pyproject["project"]["license"] == "Apache-2.0"
    assert "Apache License" in (root / "LICENSE").read_text("utf-8")
