"""Lines of Python that come into being, and the function that they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from typing import Any, cast

import avro.schema


class Source:
    """A function that is written for one schema: all of its fields in one body.

    To call a function for each field would cost more than to read or to write it. `dataclasses`
    makes the methods of a class in the same way.
    """

    def __init__(self, name: str, parameters: str) -> None:
        self._name = name
        self._lines = [f"def {name}({parameters}):"]
        self._depth = 1
        self._numbers = count()

    def line(self, line: str) -> None:
        """Add a line."""
        self._lines.append("\t" * self._depth + line)

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """Add the head of a block, and what is added inside as its lines."""
        self.line(head)
        self._depth += 1
        yield
        self._depth -= 1

    def refuse(self, condition: str, error: str) -> None:
        """Add that this error is raised where the condition holds."""
        self.line(f"if {condition}: raise {error}")

    def variable(self) -> str:
        """Return the name of a new variable."""
        return f"value_{next(self._numbers)}"

    def function(self, names: Mapping[str, object]) -> Callable[..., Any]:
        """Return the function; `names` are those that its lines use and do not make."""
        known = dict(names)
        exec("\n".join(self._lines), known)  # noqa: S102 - of a schema, only quoted names are in it
        return cast("Callable[..., Any]", known[self._name])


def other_than_null(schema: avro.schema.UnionSchema) -> avro.schema.Schema:
    """Return what a value that may be null is otherwise.

    Raises NotImplementedError for any other union: our schemas have none.
    """
    match schema.schemas:
        case [first, second] if first.type == avro.schema.NULL:
            return second
    raise NotImplementedError(f"{schema} is not null or one other; write it so")
