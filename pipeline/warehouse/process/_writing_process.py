"""The side of the process that has rows to be written."""

from __future__ import annotations

import subprocess
import sys
from typing import Self

import msgspec

from pipeline.frames import read_frames, write_frame
from pipeline.warehouse._connection import Address
from pipeline.warehouse._errors import UnknownOutcomeError
from pipeline.warehouse.process._messages import (
    Delivery,
    Unusable,
    decode_answer,
    encode_order,
)


class WritingProcess:
    """Writes records to the warehouse in a process of its own: the work of a core, half of it Avro.

    One thread, one writing process. It is started with the first order, started again if it died,
    and ends by itself when this process does, however that ends.
    """

    def __init__(self, address: Address) -> None:
        self._address = address
        self._child: subprocess.Popen[bytes] | None = None

    def write(self, order: list[Delivery]) -> list[Unusable]:
        """Write the rows of all records; return those that give none. Blocks for the warehouse.

        Raises WarehouseError when the rows are not written, or nobody knows: then give the same
        order again.
        """
        child = self._child or self._start()
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            write_frame(child.stdin, encode_order(order))
            answer = decode_answer(next(read_frames(child.stdout)))
        except (OSError, StopIteration):
            self.close()
            raise UnknownOutcomeError("the writing process ended in the middle") from None
        if answer.failure is not None:
            raise UnknownOutcomeError(answer.failure)
        return answer.unusable

    def interrupt(self) -> None:
        """End what another thread is writing, if it is; it raises there. Any thread may call."""
        child = self._child
        if child is not None:
            child.kill()

    def close(self) -> None:
        """End the process, if it is running, and wait until it has ended."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.communicate()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self) -> subprocess.Popen[bytes]:
        child = subprocess.Popen(
            [sys.executable, "-m", "pipeline.warehouse.process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # What a terminal sends to stop this process must not stop that one in the middle.
            start_new_session=True,
        )
        assert child.stdin is not None
        self._child = child
        # Not on the command line: there everybody could read the password.
        write_frame(child.stdin, msgspec.msgpack.encode(self._address))
        return child
