"""Two ways in which there is no space: a disk that is full, and files that may not grow."""

from __future__ import annotations

import errno
import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MEGABYTES = 400
_PIECE = bytes(64 * 1024)


class SmallDisk:
    """A file system of its own in memory, which is filled up and has space again."""

    def __init__(self, folder: Path) -> None:
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Leave no space, down to the last byte."""
        ballast = os.open(self._ballast, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        try:
            while os.write(ballast, _PIECE) > 0:
                pass
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
        finally:
            os.close(ballast)

    def make_space(self) -> None:
        """Have as much space as before."""
        self._ballast.unlink()


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    """Mount a small disk while the block runs; raises CalledProcessError if that is forbidden."""
    folder.mkdir(parents=True, exist_ok=True)
    options = f"size={_MEGABYTES}m"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def may_mount() -> bool:
    """Tell whether this process may mount file systems; it tries."""
    trying = ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    try:
        return subprocess.run(trying, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def let_files_grow(pid: int) -> None:
    """Let a process write files of any size again."""
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def let_no_file_grow(pid: int, beyond: int) -> None:
    """Let a process that runs write no file beyond so many bytes from now on."""
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (beyond, resource.RLIM_INFINITY))
