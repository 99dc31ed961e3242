"""How the settings of notifiers are written.

Each `_read_…` takes what TOML holds and raises ValueError, whose text says what is allowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, LiteralString

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    SecretStr,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError
from yarl import URL

_WRITTEN = 'text in quotation marks, or { env = "NAME" }, the environment variable that holds it'
_LONGEST_TIMEOUT = 60.0
UNSET: Final[LiteralString] = "unset_variable"
"""The type of the error where an environment variable is missing; its context has the `name`."""
AT_ODDS: Final[LiteralString] = "at_odds"
"""The type of the error where a key does not go with another; see `at_odds`."""


class Table(BaseModel):
    """A table of the file, without keys that nobody knows.

    The description of a field says what is allowed there, as problems tell people; where it has
    none, the type of its value does.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")


class NotifierTable(Table):
    """The settings of one notifier."""

    kind: str


def at_odds(key: str, given: str, allowed: str) -> PydanticCustomError:
    """Return the error of a table whose key, as it is given, does not go with another."""
    context = {"key": key, "given": given, "allowed": allowed}
    return PydanticCustomError(AT_ODDS, "at odds", context)


def _read_secret(value: object, info: ValidationInfo) -> SecretStr:
    if isinstance(value, dict) and value.keys() == {"env"} and isinstance(value["env"], str):
        environment: Mapping[str, str] = (info.context or {}).get("environment", {})
        name = value["env"]
        if not environment.get(name):
            raise PydanticCustomError(UNSET, "not set", {"name": name})
        return SecretStr(environment[name])
    if not isinstance(value, str) or not value:
        raise ValueError(_WRITTEN)
    return SecretStr(value)


def _read_url(value: object, info: ValidationInfo) -> SecretStr:
    allowed = f"the URL of a web server, such as https://example.org/path; {_WRITTEN}"
    try:
        secret = _read_secret(value, info)
        url = URL(secret.get_secret_value())
    except PydanticCustomError:
        raise
    except ValueError:
        raise ValueError(allowed) from None
    if url.scheme not in {"http", "https"} or not url.host:
        raise ValueError(allowed)
    return secret


def _listed(value: Any) -> Any:  # noqa: ANN401 - whatever TOML can hold
    return value if isinstance(value, list) else [value]


Secret = Annotated[SecretStr, PlainValidator(_read_secret)]
Secrets = Annotated[tuple[Secret, ...], BeforeValidator(_listed), Field(min_length=1)]
"""One, or a list of several."""
Url = Annotated[SecretStr, PlainValidator(_read_url)]
"""It may hold a token, so it is kept like a secret."""
Text = Annotated[str, Field(strict=True, min_length=1, max_length=512)]
Timeout = Annotated[
    float,
    Field(
        strict=True,
        gt=0,
        le=_LONGEST_TIMEOUT,
        description=f"a number of seconds, above 0 and at most {_LONGEST_TIMEOUT:g}",
    ),
]
"""Seconds within which a receiver must have answered."""
