"""What a broker URL says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from yarl import URL

from pipeline.transport._batch import BATCH_BYTES, BATCH_RECORDS, BATCHES_IN_FLIGHT
from pipeline.transport._limits import read_limits


@dataclass(frozen=True, slots=True)
class Settings:
    """How the log is delivered; where it is, Faust knows.

    >>> Settings.from_urls([URL("kafka://one:9092"), URL("kafka://two:9092?batch_records=500")])
    Settings(batch_records=500, batch_bytes=4194304, batches_in_flight=2)
    """

    batch_records: int = BATCH_RECORDS
    batch_bytes: int = BATCH_BYTES
    batches_in_flight: int = BATCHES_IN_FLIGHT

    @classmethod
    def from_urls(cls, urls: Sequence[URL]) -> Self:
        """Read `kafka://HOST:PORT,HOST:PORT?name=value&…`.

        Raises ImproperlyConfigured if the query makes no sense.
        """
        return cls(**read_limits(urls))
