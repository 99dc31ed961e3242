"""The side of the process that has rows to be written."""

from __future__ import annotations

import msgspec

from pipeline.answering import AnsweringProcess, ProcessEndedError
from pipeline.warehouse._connection import Address
from pipeline.warehouse._errors import UnknownOutcomeError
from pipeline.warehouse.process._messages import (
    Delivery,
    Unusable,
    decode_answer,
    encode_order,
)


class WritingProcess(AnsweringProcess):
    """Writes records to the warehouse in a process of its own: a core's work, half of it Avro."""

    def __init__(self, address: Address) -> None:
        super().__init__("pipeline.warehouse.process", msgspec.msgpack.encode(address))

    def write(self, order: list[Delivery]) -> list[Unusable]:
        """Write the rows of all records; return those that give none. Blocks for the warehouse.

        Raises WarehouseError when the rows are not written, or nobody knows: then give the same
        order again.
        """
        try:
            answer = decode_answer(self.ask(encode_order(order)))
        except ProcessEndedError:
            raise UnknownOutcomeError("the writing process ended in the middle") from None
        if answer.failure is not None:
            raise UnknownOutcomeError(answer.failure)
        return answer.unusable
