"""What a broker URL says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from faust.exceptions import ImproperlyConfigured
from yarl import URL

from pipeline.transport.sqlite._log import MAX_BYTES, MAX_RECORDS


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
    batch_records: int = MAX_RECORDS
    """The most records of a batch."""
    batch_bytes: int = MAX_BYTES
    """The most bytes of a batch's keys and values, unless its only record is larger."""
    batches_in_flight: int = 2
    """How many batches of a partition an agent may hold unacknowledged."""

    @classmethod
    def from_url(cls, url: URL) -> Self:
        """Read `sqlite:///PATH?name=value&…`; raises ImproperlyConfigured if it makes no sense."""
        numbers = {}
        for name, text in url.query.items():
            if name not in {"batch_records", "batch_bytes", "batches_in_flight"}:
                raise ImproperlyConfigured(
                    f"{url}: there is no setting {name!r}; the settings are batch_records, "
                    "batch_bytes and batches_in_flight."
                )
            if not text.isdecimal() or int(text) < 1:
                raise ImproperlyConfigured(f"{url}: {name} must be a whole number from 1 on.")
            numbers[name] = int(text)
        path = url.path.removeprefix("/")
        if url.host or not path:
            raise ImproperlyConfigured(
                f"{url}: write the path after three slashes, sqlite:////absolute/log.db or "
                "sqlite:///relative/log.db."
            )
        return cls(Path(path), **numbers)
