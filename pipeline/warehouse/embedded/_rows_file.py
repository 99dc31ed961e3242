"""The rows of one INSERT, gathered where the engine can read them."""

from __future__ import annotations

import os
from types import TracebackType
from typing import Self

from pipeline.warehouse.embedded._blocks import Block


class RowsFile:
    """An anonymous file in memory that takes Native blocks; it is gone when its context ends."""

    def __enter__(self) -> Self:
        self._file = os.memfd_create("rows")
        self.is_empty = True
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._file)

    @property
    def path(self) -> str:
        """Where this process finds the file."""
        return f"/proc/self/fd/{self._file}"

    def append(self, block: Block) -> None:
        """Add the rows of a block; a block without rows leaves nothing."""
        rest = memoryview(block.native if block.rows else b"")
        while rest:
            rest = rest[os.write(self._file, rest) :]
            self.is_empty = False
