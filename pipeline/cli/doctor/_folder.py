"""Examine the folder of an embedded system from outside: who has it, and room on its disk."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from pipeline.cli.doctor._finding import Finding, note, sound, wrong
from pipeline.embedded import DataDirectory, Endpoint

_GIB = 1 << 30
_LEAST_FREE = _GIB
_ENDPOINT_NAME = "endpoint.json"


def examine_folder(directory: DataDirectory) -> Iterator[Finding]:
    """Yield what there is to say of a folder that exists."""
    path = directory.path
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        yield wrong("Folder", f"{path} may not be written", "Give this user the right to write it.")
        return
    yield sound("Folder", str(path))
    yield room(path, shutil.disk_usage(path).free)
    endpoint = directory.endpoint()
    yield _owner(endpoint)
    yield from _endpoint_file(path / _ENDPOINT_NAME, endpoint)


def room(path: Path, free: int) -> Finding:
    """Return what there is to say of so many free bytes."""
    shown = f"{free / _GIB:,.1f} GiB free"
    if free < _LEAST_FREE:
        return wrong("Disk", shown, f"Make room on the disk of {path}: at least 1 GiB.")
    return sound("Disk", shown)


def _owner(endpoint: Endpoint | None) -> Finding:
    if endpoint is None:
        return sound("Open in", "no process")
    return sound("Open in", f"process {endpoint.pid} (`{endpoint.command}`)")


def _endpoint_file(path: Path, endpoint: Endpoint | None) -> Iterator[Finding]:
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return
    if mode & 0o077:
        yield wrong(
            "Secret",
            f"{path.name} has mode {mode:04o}: others on this machine may read the secret in it",
            f"chmod 600 {path}, then restart the process that serves the folder.",
        )
    elif endpoint is None:
        yield note(
            "Secret", f"{path.name} was left behind by a process that died", "It is ignored."
        )
    else:
        yield sound("Secret", f"{path.name} is for its owner alone (0600)")
