from __future__ import annotations

import pytest

from agents._learning import learn_schemas
from pipeline.avro import SchemaName, encode
from pipeline.avro._codec import HEADER_LENGTH, REGISTRY
from pipeline.avro.wire import Confluent, SchemaRegistry
from pipeline.monitoring import Monitor
from tests.avro.wire._drawn import batch_of, minimal
from tests.avro.wire._scripted import answer, peer
from tests.avro.wire.test_schema_registry import HURRY, settings_of

ALERT = encode(SchemaName.ALERT, minimal(SchemaName.ALERT))


async def test_batches_wait_for_a_registry_that_is_away(caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is refused meanwhile; the log says what is missing, and then they are read."""
    monitor = Monitor()
    batch = batch_of("outreach.alerts", b"\0\0\0\0\x05" + ALERT[HEADER_LENGTH:])
    schema = answer(200, {"schema": REGISTRY.newest(SchemaName.ALERT).canonical})
    async with (
        peer(*[answer(503, {})] * HURRY.rounds, schema) as served,
        SchemaRegistry.connected(settings_of(served.url)) as registry,
    ):
        wire = Confluent(registry)
        await learn_schemas(wire, monitor.take_up("agent", [batch]))
        assert wire.values(batch) == [ALERT]
    assert "does not answer" in caplog.text
    assert "1 batches wait for it" in caplog.text
    assert monitor.signs.last.keys() == {"agent"}
