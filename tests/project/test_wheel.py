"""What somebody gets who installs the wheel."""

from __future__ import annotations

import zipfile
from configparser import ConfigParser
from email.parser import Parser
from itertools import chain
from pathlib import Path
from typing import Any

PACKAGES = ("agents", "pipeline", "schemas")


def metadata(wheel: zipfile.ZipFile, name: str) -> str:
    """Return a file of the wheel's metadata."""
    (path,) = (path for path in wheel.namelist() if path.endswith(f".dist-info/{name}"))
    return wheel.read(path).decode()


def test_it_holds_every_file_that_is_no_code(root: Path, wheel: zipfile.ZipFile) -> None:
    """Schemas, SQL, lexicons, defaults and markers of types come along with the code."""
    there = {
        path.relative_to(root).as_posix()
        for package in PACKAGES
        for path in (root / package).rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    }
    for needed in ("*.avsc", "*.sql", "*.toml", "*/py.typed", "schemas/fingerprints.lock"):
        assert any(Path(path).match(needed) for path in there), needed

    assert there <= set(wheel.namelist())


def test_it_holds_all_code(root: Path, wheel: zipfile.ZipFile) -> None:
    """Every module comes along."""
    modules = {
        path.relative_to(root).as_posix()
        for package in PACKAGES
        for path in (root / package).rglob("*.py")
    }

    assert modules <= set(wheel.namelist())


def test_it_holds_nothing_else(wheel: zipfile.ZipFile) -> None:
    """Tests, examples and what belongs to this tree alone stay here."""
    tops = {path.split("/")[0] for path in wheel.namelist()}

    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)


def test_it_brings_the_command_and_the_transport(wheel: zipfile.ZipFile) -> None:
    """It installs `outreach`, and tells Faust about the log."""
    entry_points = ConfigParser(delimiters=("=",))
    entry_points.read_string(metadata(wheel, "entry_points.txt"))

    assert dict(entry_points["console_scripts"]) == {"outreach": "agents.__main__:main"}
    assert "sqlite" in entry_points["faust.transports"]


def test_it_says_what_it_needs(wheel: zipfile.ZipFile, pyproject: dict[str, Any]) -> None:
    """Its metadata names the licence, the Pythons and every dependency."""
    head = Parser().parsestr(metadata(wheel, "METADATA"))

    assert head["License-Expression"] == "Apache-2.0"
    assert head["Requires-Python"] == "<3.14,>=3.11"
    extras = pyproject["project"]["optional-dependencies"].values()
    needed = [*pyproject["project"]["dependencies"], *chain.from_iterable(extras)]
    assert len(head.get_all("Requires-Dist", [])) == len(needed)
    assert "Apache License" in metadata(wheel, "licenses/LICENSE")
