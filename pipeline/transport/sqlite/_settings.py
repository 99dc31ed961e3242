"""What a broker URL says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from faust.exceptions import ImproperlyConfigured
from yarl import URL

from pipeline.transport._batch import BATCH_BYTES, BATCH_RECORDS, BATCHES_IN_FLIGHT
from pipeline.transport._limits import read_limits


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the log is and how it is delivered.

    >>> settings = Settings.from_url(URL("sqlite:////var/lib/outreach/log.db?batch_records=500"))
    >>> settings.path.as_posix(), settings.batch_records, settings.batches_in_flight
    ('/var/lib/outreach/log.db', 500, 2)
    >>> Settings.from_url(URL("sqlite:///data/log.db")).path.as_posix()
    'data/log.db'
    """

    path: Path
    batch_records: int = BATCH_RECORDS
    batch_bytes: int = BATCH_BYTES
    batches_in_flight: int = BATCHES_IN_FLIGHT

    @classmethod
    def from_url(cls, url: URL) -> Self:
        """Read `sqlite:///PATH?name=value&…`; raises ImproperlyConfigured if it makes no sense."""
        limits = read_limits([url])
        path = url.path.removeprefix("/")
        if url.host or not path:
            raise ImproperlyConfigured(
                f"{url}: write the path after three slashes, sqlite:////absolute/log.db or "
                "sqlite:///relative/log.db."
            )
        return cls(Path(path), **limits)
