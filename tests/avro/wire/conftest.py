"""One real registry a test process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline.avro.wire import RegistrySettings
from tests.avro.wire._server import running_registry


@pytest.fixture(scope="session")
def registry_url() -> Iterator[str]:
    """Return the URL of a registry, which demands full compatibility of all versions."""
    with running_registry() as url:
        yield url


@pytest.fixture(scope="session")
def registry(registry_url: str) -> RegistrySettings:
    """Return how to reach that registry."""
    return RegistrySettings.parse(registry_url)
