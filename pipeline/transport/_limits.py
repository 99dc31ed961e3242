"""How much is delivered at once, as a broker URL says it."""

from __future__ import annotations

from collections.abc import Iterable

from faust.exceptions import ImproperlyConfigured
from yarl import URL


def read_limits(urls: Iterable[URL]) -> dict[str, int]:
    """Return those limits, by name, that stand in the query of one of the URLs.

    Raises ImproperlyConfigured for anything else that stands there.

    >>> read_limits([URL("kafka://one:9092"), URL("kafka://two:9092?batch_records=500")])
    {'batch_records': 500}
    """
    limits = {}
    for url in urls:
        for name, text in url.query.items():
            if name not in {"batch_records", "batch_bytes", "batches_in_flight"}:
                raise ImproperlyConfigured(
                    f"{url}: there is no setting {name!r}; the settings are batch_records, "
                    "batch_bytes and batches_in_flight."
                )
            if not text.isdecimal() or int(text) < 1:
                raise ImproperlyConfigured(f"{url}: {name} must be a whole number from 1 on.")
            limits[name] = int(text)
    return limits
