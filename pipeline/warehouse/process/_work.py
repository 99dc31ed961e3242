"""The writing process: from records of topics to rows of the warehouse."""

from __future__ import annotations

from typing import IO

from pipeline.avro import DecodeError, decode
from pipeline.frames import read_frames, write_frame
from pipeline.topics import Topic
from pipeline.warehouse._connection import Address
from pipeline.warehouse._errors import WarehouseError
from pipeline.warehouse._pending import PendingRows
from pipeline.warehouse._writer import Writer
from pipeline.warehouse.process._messages import (
    Answer,
    Delivery,
    Unusable,
    decode_order,
    encode_answer,
)
from pipeline.warehouse.tables import CONTENTS


def work(address: Address, orders: IO[bytes], answers: IO[bytes]) -> None:
    """Write the rows of each order, and answer it, until no more orders come."""
    writer = Writer(address)
    try:
        for frame in read_frames(orders):
            write_frame(answers, encode_answer(_carry_out(writer, decode_order(frame))))
    finally:
        writer.close()


def _carry_out(writer: Writer, order: list[Delivery]) -> Answer:
    rows = PendingRows()
    unusable: list[Unusable] = []
    for place, delivery in enumerate(order):
        unusable += _add_rows(rows, place, delivery)
    try:
        rows.write(writer)
    except WarehouseError as error:
        return Answer([], str(error))
    return Answer(unusable)


def _add_rows(rows: PendingRows, place: int, delivery: Delivery) -> list[Unusable]:
    schema, tables, check = CONTENTS[Topic(delivery.topic)]
    unusable = []
    for index, (offset, value) in enumerate(zip(delivery.offsets, delivery.values, strict=True)):
        try:
            name, record = decode(value)
            if name is not schema:
                reason = f"a {name} does not belong into {delivery.topic}"
                unusable.append(Unusable(place, index, "", reason, "misplaced"))
                continue
            if check is not None:
                check(value)
            rows.add(tables, record, offset)
        except DecodeError as error:
            kind = error.failure.name.lower()
            unusable.append(Unusable(place, index, error.field, error.reason, kind))
    return unusable
