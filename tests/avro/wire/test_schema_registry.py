from __future__ import annotations

import dataclasses

import pytest
from aiohttp import web

from pipeline.avro.wire import (
    Patience,
    RegisteredSchema,
    RegistryError,
    RegistryRefusedError,
    RegistrySettings,
    SchemaRegistry,
)
from tests.avro.wire._scripted import answer, paths, peer

HURRY = Patience(seconds=10, rounds=2, pause=0)
SCHEMA = answer(200, {"schema": '"string"'})
NOWHERE = "http://127.0.0.1:1"


def settings_of(urls: str, patience: Patience = HURRY) -> RegistrySettings:
    """Return settings without waiting."""
    return dataclasses.replace(RegistrySettings.parse(urls), patience=patience)


async def schema_at(urls: str, patience: Patience = HURRY) -> RegisteredSchema | None:
    """Ask for the schema with the id 7."""
    async with SchemaRegistry.connected(settings_of(urls, patience)) as registry:
        return await registry.schema(7)


async def test_a_schema_comes_with_its_kind() -> None:
    """Where none is said it is Avro, as it was before there were others."""
    async with peer(SCHEMA, answer(200, {"schema": "{}", "schemaType": "JSON"})) as served:
        assert await schema_at(served.url) == RegisteredSchema('"string"', "AVRO")
        assert await schema_at(served.url) == RegisteredSchema("{}", "JSON")
    assert paths(served.asked) == ["GET /schemas/ids/7"] * 2


async def test_an_id_that_stands_for_nothing_has_no_schema() -> None:
    """Only the registry itself may say so: by its own error code."""
    async with peer(answer(404, {"error_code": 40403, "message": "Schema not found"})) as served:
        assert await schema_at(served.url) is None


@pytest.mark.parametrize(
    "wrong",
    [
        web.Response(status=404, text="<h1>Not found</h1>", content_type="text/html"),
        answer(404, {"error_code": 404, "message": "HTTP 404 Not Found"}),
        answer(401, {"error_code": 401, "message": "Unauthorized"}),
        answer(403, {"error_code": 40301, "message": "User is denied operation"}),
        answer(200, {}),
        answer(200, ["schema"]),
        web.Response(status=200, text=""),
        answer(500, {"error_code": 50001, "message": "Error in the backend"}),
        answer(429, {"error_code": 42901, "message": "Slow down"}),
    ],
)
async def test_an_answer_that_says_nothing_of_the_id_is_an_error(wrong: web.Response) -> None:
    """A proxy, a missing permission or a fault is no reason to give up on a message."""
    async with peer(wrong) as served:
        with pytest.raises(RegistryError, match=served.url):
            await schema_at(served.url)


async def test_a_registry_that_is_away_is_an_error() -> None:
    """Each of its servers is named with what was wrong with it."""
    with pytest.raises(
        RegistryError, match=r"does not answer \(http://127.0.0.1:1: Cannot connect"
    ):
        await schema_at(NOWHERE)


async def test_silence_is_an_error() -> None:
    """A registry that takes the question and does not answer keeps nobody waiting for ever."""
    async with peer(None) as served:
        with pytest.raises(RegistryError, match=f"{served.url}: "):
            await schema_at(served.url, Patience(seconds=0.05, rounds=1))


async def test_a_fault_that_passes_is_waited_for() -> None:
    """Every server is asked again in the next round."""
    async with peer(answer(503, {}), SCHEMA) as served:
        assert await schema_at(served.url) == RegisteredSchema('"string"', "AVRO")
    assert len(served.asked) == 2


async def test_the_next_server_is_asked_and_remembered() -> None:
    """What answers is asked first from then on."""
    async with (
        peer(answer(500, {})) as ill,
        peer(SCHEMA) as well,
        SchemaRegistry.connected(settings_of(f"{NOWHERE},{ill.url},{well.url}/base/")) as registry,
    ):
        assert await registry.schema(7) == await registry.schema(7)
    assert paths(ill.asked) == ["GET /schemas/ids/7"]
    assert paths(well.asked) == ["GET /base/schemas/ids/7"] * 2


async def test_credentials_are_sent_to_every_server() -> None:
    """The first URL has them, all servers of the registry get them."""
    async with peer(answer(500, {})) as one, peer(SCHEMA) as two:
        await schema_at(f"{one.url.replace('//', '//ana:secret@')},{two.url}")
    sent = {request.headers["Authorization"] for request in (*one.asked, *two.asked)}
    assert sent == {"Basic YW5hOnNlY3JldA=="}


async def test_a_schema_is_registered_under_its_subject() -> None:
    """As Confluent's API has it, with the type of the schema."""
    async with (
        peer(answer(200, {"id": 12})) as served,
        SchemaRegistry.connected(settings_of(served.url)) as registry,
    ):
        assert await registry.register("outreach.replies-value", '"string"') == 12
    assert paths(served.asked) == ["POST /subjects/outreach.replies-value/versions"]
    assert served.asked[0].content_type == "application/vnd.schemaregistry.v1+json"


@pytest.mark.parametrize("status", [409, 422])
async def test_a_schema_that_is_not_taken_is_told_apart(status: int) -> None:
    """Trying again would change nothing, so the registry's reason is passed on."""
    refusal = answer(status, {"error_code": status, "message": "Schema being registered is odd"})
    async with (
        peer(refusal) as served,
        SchemaRegistry.connected(settings_of(served.url)) as registry,
    ):
        with pytest.raises(RegistryRefusedError, match=r"outreach.alerts-value: .* is odd"):
            await registry.register("outreach.alerts-value", '"string"')
    assert len(served.asked) == 1
