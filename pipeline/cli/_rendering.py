"""Turn rows into any of ClickHouse's output formats, with the engine in this process."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from tempfile import TemporaryFile
from typing import BinaryIO, Protocol


class FormatError(Exception):
    """There is no such format, or these rows cannot be written in it; the message says which."""


def check_format(name: str) -> None:
    """Raise FormatError, which names what is alike, if there is no such output format."""
    with _engine() as engine:
        formats = str(engine.query("SELECT name FROM system.formats WHERE is_output", "TSVRaw"))
    known = formats.split()
    if name not in known:
        lower = {one.lower(): one for one in known}
        close = difflib.get_close_matches(name.lower(), lower, n=3, cutoff=0.5)
        hint = f" Did you mean {' or '.join(lower[one] for one in close)}?" if close else ""
        raise FormatError(f"There is no output format {name!r}.{hint}")


def render(rows: BinaryIO, output_format: str, output: BinaryIO, *, colour: bool) -> None:
    """Write the rows of a Native file to `output` in this format, a part at a time.

    Raises FormatError if the format cannot hold them; then nothing was written.
    """
    rows.flush()
    with TemporaryFile() as rendered, _engine() as engine:
        source = f"file('/proc/self/fd/{rows.fileno()}', 'Native')"
        target = f"file('/proc/self/fd/{rendered.fileno()}', '{output_format}')"
        settings = f"output_format_pretty_color = {int(colour)}, engine_file_truncate_on_insert = 1"
        copy = f"INSERT INTO FUNCTION {target} SELECT * FROM {source}"  # noqa: S608 - no free text
        try:
            engine.query(f"{copy} SETTINGS {settings}", "Null")
        except RuntimeError as error:
            raise FormatError(first_sentence(str(error))) from None
        shutil.copyfileobj(rendered, output)


def first_sentence(message: str) -> str:
    """Return what a ClickHouse error says, without its stack and what comes before it.

    >>> first_sentence("Code: 60. DB::Exception: No table x. (UNKNOWN_TABLE). Stack trace: ...")
    'No table x. (UNKNOWN_TABLE)'
    """
    text = message.partition("Stack trace:")[0].rpartition("DB::Exception: ")[2]
    return text.partition(" (version ")[0].strip().removesuffix(".")


class _Engine(Protocol):
    """What we use of `chdb.session.Session`, which publishes no types."""

    def query(self, sql: str, fmt: str) -> object:
        """Run a statement; the answer's text is its rows."""

    def close(self) -> None:
        """End the session."""


def _open_engine() -> _Engine:
    # It takes a while, and most commands start without.
    from chdb.session import Session  # noqa: PLC0415 - see above

    opened: Callable[[], _Engine] = Session
    return opened()


@contextmanager
def _engine() -> Iterator[_Engine]:
    """Have an engine without tables while the block runs; a process has one engine at a time."""
    with closing(_open_engine()) as engine:
        yield engine
