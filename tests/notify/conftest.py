from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.notify._web_receiver import WebReceiver, web_receiver


@pytest.fixture
async def receiver() -> AsyncIterator[WebReceiver]:
    """Serve a web server that takes notices."""
    async with web_receiver() as one:
        yield one
