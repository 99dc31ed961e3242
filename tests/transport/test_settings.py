from __future__ import annotations

from pathlib import Path

import pytest
from faust.exceptions import ImproperlyConfigured
from yarl import URL

from pipeline.transport.sqlite._settings import Settings


def test_all_settings() -> None:
    """Every setting can stand in the URL, and spaces in the path are taken as they are meant."""
    url = URL("sqlite:////data%20dir/log.db?batch_records=1&batch_bytes=2&batches_in_flight=3")
    assert Settings.from_url(url) == Settings(Path("/data dir/log.db"), 1, 2, 3)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("sqlite:///log.db?batch=1", "no setting 'batch'"),
        ("sqlite:///log.db?batch_records=0", "batch_records must be a whole number"),
        ("sqlite:///log.db?batch_bytes=-5", "batch_bytes must be a whole number"),
        ("sqlite:///log.db?batches_in_flight=two", "batches_in_flight must be a whole number"),
        ("sqlite://data/log.db", "after three slashes"),
        ("sqlite:///", "after three slashes"),
    ],
)
def test_urls_that_make_no_sense(url: str, message: str) -> None:
    """A URL that makes no sense is refused with the reason."""
    with pytest.raises(ImproperlyConfigured, match=message):
        Settings.from_url(URL(url))
