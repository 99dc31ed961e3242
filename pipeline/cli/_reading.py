"""Find the system that a reading command is to read."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from clickhouse_driver.errors import Error as DriverError
from clickhouse_driver.errors import ServerException, UnknownTypeError

from pipeline.cli._installation import Exit, Installation
from pipeline.cli._rendering import first_sentence
from pipeline.embedded import DataDirectory, DirectoryInUseError, open_warehouse
from pipeline.warehouse import Address, WarehouseError

T = TypeVar("T")

SystemOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        envvar="OUTREACH_DATA",
        metavar="DIR",
        help="The folder of the embedded system to read, whether or not it is running. Without it "
        "the server that OUTREACH_CLICKHOUSE_HOST names is read.",
        file_okay=False,
        show_default=False,
    ),
]
HOST_VARIABLE = "OUTREACH_CLICKHOUSE_HOST"
_HOST, _USER = "127.0.0.1", "default"
_PORT, _SECURE_PORT = 9000, 9440
_PATIENCE_SECONDS = 10.0
"""How long to wait for a process that has a folder but does not serve it yet."""
_LOOK_EVERY = 0.05
_LAST_PORT = 65_535
_UNKNOWN_DATABASE, _QUERY_WAS_CANCELLED = 81, 394


# What the driver cannot do it raises, too: its log would only repeat that, with a stack.
logging.getLogger("clickhouse_driver").addHandler(logging.NullHandler())


class NoSystemError(Exception):
    """There is nothing to read; the message says what to do."""


@contextmanager
def reading(data: Path | None) -> Iterator[Address]:
    """Have the warehouse that a command is to read while the block runs.

    With a folder it is the one in there: of the process that has the folder open, or else opened
    here, which claims the folder meanwhile. Without, it is the server in the environment. Raises
    NoSystemError where there is none, before anything is made. Blocks for the engine, and for a
    process that is just starting.
    """
    if data is None:
        if not os.environ.get(HOST_VARIABLE):
            raise NoSystemError(
                "There is nothing to read: give --data DIR for an embedded system, or name a "
                f"ClickHouse server with {HOST_VARIABLE} in the environment."
            )
        yield address_in(os.environ)
        return
    with ExitStack() as opened:
        yield _in_folder(existing(data), opened)


def answer(installation: Installation, data: Path | None, question: Callable[[Address], T]) -> T:
    """Return the answer to a question that changes nothing; print errors and end the command.

    The question is asked again when the process that served the folder ended meanwhile, as another
    short command does: then the next one serves it, or this one.
    """
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            with reading(data) as address:
                return question(address)
        except NoSystemError as error:
            raise installation.fail(str(error)) from None
        except (DriverError, EOFError, OSError) as error:
            may_pass = data is not None and _is_parting(error) and time.monotonic() < deadline
            if not may_pass:
                raise installation.fail(explain(error), Exit.PROBLEMS) from None
        time.sleep(_LOOK_EVERY)


def _is_parting(error: Exception) -> bool:
    """Tell whether a server that stops could be the reason."""
    if isinstance(error, ServerException):
        return bool(error.code == _QUERY_WAS_CANCELLED)
    return not isinstance(error, UnknownTypeError)


def existing(data: Path) -> DataDirectory:
    """Return the folder; raises NoSystemError if nothing was ever loaded into it."""
    directory = DataDirectory(data)
    if not directory.path.is_dir():
        raise NoSystemError(
            f"{data}: there is no such folder. Name the one that you gave to `outreach run` or "
            "`outreach up` as --data DIR."
        )
    if directory.is_empty:
        raise NoSystemError(
            f"{data}: nothing was ever loaded into this folder. Load a log with "
            f"`outreach run FILE... --data {data}`."
        )
    return directory


def served(directory: DataDirectory) -> Address | None:
    """Return where the process that has the folder open serves its warehouse; None if none does."""
    endpoint = directory.endpoint()
    if endpoint is None:
        return None
    return Address(_HOST, endpoint.warehouse_port, _USER, endpoint.secret)


def _in_folder(directory: DataDirectory, opened: ExitStack) -> Address:
    """Return the warehouse of the folder; what had to be opened for it is closed with `opened`.

    Waits for a process that has the folder and does not serve it yet, or no more.
    """
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while (address := served(directory)) is None:
        try:
            return opened.enter_context(open_warehouse(directory))
        except DirectoryInUseError as error:
            if time.monotonic() > deadline:
                raise NoSystemError(str(error)) from None
        except (WarehouseError, RuntimeError, OSError) as error:
            raise NoSystemError(f"{directory.path} cannot be read: {error}") from None
        time.sleep(_LOOK_EVERY)
    return address


def address_in(environment: Mapping[str, str]) -> Address:
    """Return the server that the environment names.

    Raises NoSystemError if it names none, or names it wrongly.

    >>> address_in({"OUTREACH_CLICKHOUSE_HOST": "db", "OUTREACH_CLICKHOUSE_PORT": "9001"})
    Address(host='db', port=9001, user='default', database='outreach', secure=False, cluster='')
    """

    def given(name: str, otherwise: str) -> str:
        return environment.get(f"OUTREACH_CLICKHOUSE_{name}") or otherwise

    host, secure, port = given("HOST", ""), given("SECURE", "0"), given("PORT", "")
    if not host:
        raise NoSystemError(
            f"No ClickHouse server is named: set {HOST_VARIABLE} in the environment, and "
            "where they differ from the defaults OUTREACH_CLICKHOUSE_PORT, _USER, _PASSWORD, "
            "_DATABASE, _SECURE and _CLUSTER."
        )
    if secure not in {"0", "1"}:
        raise NoSystemError(f"OUTREACH_CLICKHOUSE_SECURE is {secure!r}; allowed: 0, 1")
    if port and not (port.isascii() and port.isdigit() and 0 < int(port) <= _LAST_PORT):
        raise NoSystemError(f"OUTREACH_CLICKHOUSE_PORT is {port!r}; allowed: 1 to {_LAST_PORT}")
    return Address(
        host,
        int(port) if port else (_SECURE_PORT if secure == "1" else _PORT),
        given("USER", _USER),
        given("PASSWORD", ""),
        given("DATABASE", "outreach"),
        secure == "1",
        given("CLUSTER", ""),
    )


def explain(error: Exception) -> str:
    """Return what went wrong in the warehouse, without a stack, and what to do where it is clear.

    >>> explain(ServerException("DB::Exception: No x. (UNKNOWN_TABLE). Stack trace:", code=60))
    'The warehouse refused: No x. (UNKNOWN_TABLE)'
    """
    if isinstance(error, ServerException):
        said = f"The warehouse refused: {first_sentence(error.message)}"
        return f"{said}. Run `outreach migrate`." if error.code == _UNKNOWN_DATABASE else said
    if isinstance(error, UnknownTypeError):
        return f"{error}: cast the column to another type, for instance with toString."
    return f"The warehouse cannot be reached: {error}"
