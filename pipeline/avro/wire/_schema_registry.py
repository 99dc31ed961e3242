"""A client of the part of Confluent's REST API that we need."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from aiohttp import ClientError, ClientSession, ClientTimeout
from yarl import URL

from pipeline.avro.wire._errors import RegistryError, RegistryRefusedError
from pipeline.avro.wire._registry_settings import RegistrySettings

_MEDIA_TYPE = "application/vnd.schemaregistry.v1+json"
_OK = 200
_UNKNOWN_ID = 40403
_REFUSALS = {409, 422}
_SERVER_ERRORS = 500
_NOT_NOW = {408, 425, 429}


@dataclass(frozen=True, slots=True)
class RegisteredSchema:
    """What stands behind an id; that never changes."""

    text: str
    """The schema itself: JSON, when it is one of Avro."""
    kind: str
    """AVRO, JSON or PROTOBUF."""


class _Answer(NamedTuple):
    url: URL
    status: int
    content: Mapping[str, Any]

    @property
    def message(self) -> str:
        return f"{self.status}: {self.content.get('message', 'it gives no reason')}"


class SchemaRegistry:
    """One registry, however many servers it has.

    Every call waits for the registry, tries all of its servers as often as `Patience` says, and
    raises RegistryError when none has answered then, or the answer makes no sense.
    """

    def __init__(self, session: ClientSession, settings: RegistrySettings) -> None:
        self._session = session
        self._settings = settings
        self._urls = list(settings.urls)
        """The one that answered last comes first."""

    @classmethod
    @asynccontextmanager
    async def connected(cls, settings: RegistrySettings) -> AsyncIterator[SchemaRegistry]:
        """Have a client while the block runs; it connects with its first call."""
        headers = {"Accept": f"{_MEDIA_TYPE}, application/json"}
        if settings.authorization is not None:
            headers["Authorization"] = settings.authorization
        timeout = ClientTimeout(total=settings.patience.seconds)
        async with ClientSession(headers=headers, timeout=timeout) as session:
            yield cls(session, settings)

    async def compatibility(self) -> str:
        """Return what holds for subjects that have no level of their own, such as `BACKWARD`."""
        return str(_sound(await self._ask("GET", "config"), "compatibilityLevel"))

    async def register(self, subject: str, schema: str) -> int:
        """Register an Avro schema and return its id: the same one each time.

        Raises RegistryRefusedError when the registry does not take it.
        """
        body = {"schema": schema, "schemaType": "AVRO"}
        answer = await self._ask("POST", f"subjects/{subject}/versions", body)
        if answer.status in _REFUSALS:
            raise RegistryRefusedError(
                f"The schema registry does not take the schema of {subject}: {answer.message}"
            )
        schema_id = _sound(answer, "id")
        assert isinstance(schema_id, int), "an id is a number"
        return schema_id

    async def schema(self, schema_id: int) -> RegisteredSchema | None:
        """Return the schema with this id; None when the registry says that there is none."""
        answer = await self._ask("GET", f"schemas/ids/{schema_id}")
        if answer.content.get("error_code") == _UNKNOWN_ID:
            return None
        text = _sound(answer, "schema")
        return RegisteredSchema(str(text), str(answer.content.get("schemaType", "AVRO")))

    async def _ask(self, method: str, path: str, body: Mapping[str, str] | None = None) -> _Answer:
        patience = self._settings.patience
        failures: list[str] = []
        for round_ in range(patience.rounds):
            if round_:
                await asyncio.sleep(patience.pause * 2 ** (round_ - 1))
            failures.clear()
            for url in tuple(self._urls):
                try:
                    answer = await self._ask_one(url, method, path, body)
                except (ClientError, TimeoutError, ValueError) as error:
                    failures.append(f"{url}: {error or type(error).__name__}")
                    continue
                self._urls.sort(key=lambda other: other != answer.url)
                return answer
        raise RegistryError(f"The schema registry does not answer ({'; '.join(failures)})")

    async def _ask_one(
        self, url: URL, method: str, path: str, body: Mapping[str, str] | None
    ) -> _Answer:
        """Ask one server; raises ValueError for what is no answer of a registry, or aiohttp's."""
        data = None if body is None else json.dumps(body)
        headers = {} if body is None else {"Content-Type": _MEDIA_TYPE}
        async with self._session.request(
            method, url.joinpath(path), data=data, headers=headers
        ) as response:
            content = await response.read()
            if response.status >= _SERVER_ERRORS or response.status in _NOT_NOW:
                raise ValueError(f"it answers {response.status}")
        try:
            answer = json.loads(content)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise ValueError(f"it answers {response.status}, without an object of JSON")  # noqa: TRY004 - what is wrong is no type of ours
        return _Answer(url, response.status, answer)


def _sound(answer: _Answer, name: str) -> object:
    if answer.status != _OK or name not in answer.content:
        raise RegistryError(f"The schema registry at {answer.url} answers {answer.message}")
    return answer.content[name]
