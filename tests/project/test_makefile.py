"""What the Makefile and the installed command say about themselves."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

OUTREACH = Path(sys.executable).with_name("outreach")


def make(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make in the root of the tree."""
    return subprocess.run(
        ["make", *arguments], cwd=root, capture_output=True, text=True, check=False
    )


def test_make_alone_explains_every_target(root: Path) -> None:
    """Whoever types `make` sees each target with a sentence."""
    phony = re.search(r"^\.PHONY: (.+)$", (root / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert phony is not None

    shown = re.findall(r"^  make (\w+) +[A-Z].+\.$", make(root).stdout, re.MULTILINE)

    assert sorted(shown) == sorted(phony[1].split())


def test_another_python_is_refused_in_one_line(root: Path) -> None:
    """A Python that is missing or too old is named as the reason, not a traceback."""
    refused = make(root, "--always-make", "install", "PYTHON=python-that-is-not-there")

    assert refused.returncode != 0
    reason, *_ = refused.stderr.splitlines()
    assert reason.startswith("This needs Python 3.11, 3.12 or 3.13 with its venv module")


def test_the_command_is_installed(root: Path) -> None:
    """`outreach --help` lists the commands."""
    shown = subprocess.run(
        [OUTREACH, "--help"], cwd=root, capture_output=True, text=True, check=True
    )

    assert re.search(r"^  run +\w", shown.stdout, re.MULTILINE)
