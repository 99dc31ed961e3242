"""Commands that run one after the other in a process that stays, each as in one of its own.

A command gets its arguments, its environment, its directory and its standard streams, as from a
shell; it does not get an interpreter that is new.
"""

from __future__ import annotations

import gc
import io
import logging
import os
import sys
import traceback
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from tests.aside import aside


@dataclass(frozen=True)
class Done:
    """What became of a command."""

    status: int
    output: bytes
    errors: bytes


def in_turn(arguments: Sequence[str | Path], given: bytes, environment: Mapping[str, str]) -> Done:
    """Run `outreach` to its end; `given` is its standard input."""
    return aside(_run, [*map(str, arguments)], given, {**environment}, Path.cwd())


def _run(arguments: list[str], given: bytes, environment: dict[str, str], directory: Path) -> Done:
    with (
        TemporaryFile() as output,
        TemporaryFile() as errors,
        _surroundings(environment, directory),
    ):
        with _streams(given, output, errors):
            status = _status_of(arguments)
        _forget()
        output.seek(0)
        errors.seek(0)
        return Done(status, output.read(), errors.read())


def _status_of(arguments: list[str]) -> int:
    """Run a command; return the status with which it would have ended its process."""
    from agents.__main__ import main  # noqa: PLC0415 - only this process is to import it

    sys.argv = ["outreach", *arguments]
    try:
        main()
    except SystemExit as end:
        if isinstance(end.code, str):
            sys.stderr.write(f"{end.code}\n")
            return 1
        return end.code or 0
    except BaseException:  # noqa: BLE001 - whatever it is would have ended the process
        traceback.print_exc()
        return 1
    return 0


@contextmanager
def _surroundings(environment: dict[str, str], directory: Path) -> Iterator[None]:
    before = dict(os.environ), Path.cwd()
    os.chdir(directory)
    os.environ.clear()
    os.environ.update(environment)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before[0])
        os.chdir(before[1])


@contextmanager
def _streams(given: bytes, output: IO[bytes], errors: IO[bytes]) -> Iterator[None]:
    """Have these as standard streams; output and errors also of processes that it starts."""
    before, written = sys.stdin, {1: output, 2: errors}
    kept = {number: os.dup(number) for number in written}
    try:
        for number, file in written.items():
            os.dup2(file.fileno(), number)
        with io.TextIOWrapper(io.BytesIO(given), "utf-8") as sys.stdin:
            yield
    finally:
        sys.stdin = before
        sys.stdout.flush()
        sys.stderr.flush()
        for number, copy in kept.items():
            os.dup2(copy, number)
            os.close(copy)


def _forget() -> None:
    """Free what the command has left, as the end of its process would have, without a word."""
    # A worker has everything logged to its standard error, which the next command has as well.
    for handler in logging.getLogger().handlers[:]:
        logging.getLogger().removeHandler(handler)
    logging.getLogger().setLevel(logging.WARNING)
    gc.unfreeze()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        gc.collect()
