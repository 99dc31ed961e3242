"""What the command line is given by whoever starts it, and what all commands share."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import cast

import typer
from rich.console import Console

from pipeline.worker import AppFactory


class Exit(IntEnum):
    """What a command's exit status means."""

    DONE = 0
    PROBLEMS = 1
    """The work was done and found problems."""
    WRONG_USE = 2
    STUCK = 3
    """A worker stood still, and ended itself: start it again."""


@dataclass(frozen=True, slots=True)
class Installation:
    """The parts of this installation, and where it prints."""

    make_app: AppFactory
    output: Console = field(default_factory=Console)
    """Results."""
    messages: Console = field(default_factory=lambda: Console(stderr=True))
    """Progress and errors."""

    @classmethod
    def of(cls, context: typer.Context) -> Installation:
        """Return the installation that a command runs in."""
        return cast("Installation", context.find_root().obj)

    def fail(self, message: str, status: Exit = Exit.WRONG_USE) -> typer.Exit:
        """Print what is wrong and what to do; return the exception that ends the command."""
        self.messages.print(message, style="red", markup=False, highlight=False, soft_wrap=True)
        return typer.Exit(status)
