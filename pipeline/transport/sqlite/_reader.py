"""Reading records."""

from __future__ import annotations

import sqlite3
from threading import Lock

import msgspec

from pipeline.transport._batch import Record
from pipeline.transport.sqlite._catalog import Partition
from pipeline.transport.sqlite._database import OFFSET_BITS

_decode_headers = msgspec.msgpack.Decoder(tuple[tuple[str, bytes], ...]).decode
_OFFSET_MASK = (1 << OFFSET_BITS) - 1
_READ = (
    f"SELECT id & {_OFFSET_MASK}, timestamp, key, value, headers"  # noqa: S608 - a constant
    " FROM records WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
)


class Reader:
    """One connection, used by one thread at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = Lock()

    def read(
        self, partition: Partition, offset: int, max_records: int, max_bytes: int
    ) -> list[Record]:
        """Return records from `offset` to the partition's end, within both bounds."""
        records: list[Record] = []
        size = 0
        with self._lock:
            rows = self._connection.execute(
                _READ, (partition.row(offset), partition.row(partition.end), max_records)
            )
            for at, timestamp, key, value, headers in rows:
                size += (len(key) if key else 0) + (len(value) if value else 0)
                if size > max_bytes and records:
                    # Left open, the statement would keep the write-ahead log from being emptied.
                    rows.close()
                    break
                records.append(
                    Record(at, timestamp, key, value, _decode_headers(headers) if headers else ())
                )
        return records

    def meta(self, name: str) -> bytes | None:
        """Return one note."""
        with self._lock:
            row = self._connection.execute(
                "SELECT value FROM meta WHERE name = ?", (name,)
            ).fetchone()
        return None if row is None else bytes(row[0])

    def close(self) -> None:
        """Close the connection, once no read is under way."""
        with self._lock:
            self._connection.close()
