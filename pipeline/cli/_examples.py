"""Examples at the end of a command's help."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TypeVar

Command = TypeVar("Command", bound=Callable[..., None])

_AS_IT_STANDS = "\b"
"""Click breaks the lines of a paragraph anew unless it begins with this."""


def examples(*lines: str) -> Callable[[Command], Command]:
    """Add these command lines to the help of a command."""

    def add(command: Command) -> Command:
        listed = "\n".join(f"  {line}" for line in lines)
        # Lines that stood apart only for the code's indentation would keep it in the help.
        said = inspect.cleandoc(command.__doc__ or "")
        command.__doc__ = f"{said}\n\n{_AS_IT_STANDS}\nExamples:\n{listed}"
        return command

    return add
