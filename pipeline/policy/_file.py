"""Policy files on disk; the one place of this package that reads any."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import msgspec

from pipeline.policy._changes import Change, changes_of
from pipeline.policy._model import PolicyFile
from pipeline.policy._policy import Policy
from pipeline.policy._problems import PolicyError, Problem
from pipeline.policy._reading import read_toml

_DEFAULTS = read_toml(
    resources.files("pipeline.policy").joinpath("defaults.toml").read_text("utf-8"),
    "defaults.toml",
)
DEFAULT_POLICY = Policy(_DEFAULTS, PolicyFile())
"""The shipped defaults, unchanged."""


class PolicyCheck(msgspec.Struct, frozen=True, kw_only=True):
    """What `outreach policy check` has to say about a file."""

    path: Path
    problems: tuple[Problem, ...] = ()
    policy: Policy | None = None
    """None when there are problems."""
    changes: tuple[Change, ...] = ()
    """Where it differs from the defaults, in the order of the file."""


def load(path: str | Path) -> Policy:
    """Return the defaults as changed by the policy file.

    Blocks while it reads the file. Raises PolicyError with every problem found, also when the file
    cannot be read.
    """
    return Policy(_DEFAULTS, read_toml(_read_text(Path(path)), str(path)))


def check(path: str | Path) -> PolicyCheck:
    """Return what is wrong with the policy file, or else what it changes. Blocks while reading."""
    try:
        policy = load(path)
    except PolicyError as error:
        return PolicyCheck(path=Path(path), problems=error.problems)
    return PolicyCheck(path=Path(path), policy=policy, changes=changes_of(policy))


def _read_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        given, allowed = f"unreadable ({error.strerror})", "a file that you may read"
    except UnicodeDecodeError as error:
        given, allowed = f"no UTF-8 (at byte {error.start})", "a file saved as UTF-8"
    raise PolicyError([Problem(file=str(path), key="", line=None, given=given, allowed=allowed)])
