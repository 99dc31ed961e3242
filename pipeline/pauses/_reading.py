"""From JSON to a decision, or to what is wrong with it in words for who wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from pipeline.pauses._decision import Decision, Id, Name, Reason

_ID_ALLOWED: Final = "must be text of 1 to 512 characters"
_FIELDS: Final[Mapping[str, tuple[object, str]]] = {
    "campaign_id": (Id, _ID_ALLOWED),
    "paused": (bool, "must be true or false"),
    "workspace": (Id, _ID_ALLOWED),
    "name": (Name, "must be text of at most 200 characters"),
    "reasons": (Annotated[list[Any], Meta(max_length=10)], "must be a list of at most 10 texts"),
}
_REASON_ALLOWED: Final = "must be text of 1 to 1,000 characters"
_NEEDED: Final = ("campaign_id", "paused")


class DecisionError(Exception):
    """JSON is no decision."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field, reason)
        self.field: Final = field
        """Such as `campaign_id` or `reasons[0]`; '' where all of it is wrong."""
        self.reason: Final = reason
        """What the field must be, or what else is wrong."""

    def __str__(self) -> str:
        return f"{self.field} {self.reason}" if self.field else self.reason


def read_decision(content: bytes) -> Decision:
    """Return the decision that JSON holds. Raises DecisionError with the first thing wrong.

    >>> try:
    ...     read_decision(b'{"campaign_id": "", "paused": true}')
    ... except DecisionError as error:
    ...     print(error)
    campaign_id must be text of 1 to 512 characters
    """
    try:
        return msgspec.json.decode(content, type=Decision)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise next(_problems(content)) from None


def _problems(content: bytes) -> Iterator[DecisionError]:
    try:
        fields = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        yield DecisionError("", "This is no JSON object in UTF-8")
        return
    for name, (kind, allowed) in _FIELDS.items():
        if name not in fields:
            if name in _NEEDED:
                yield DecisionError(name, f"is missing; it {allowed}")
        elif not _fits(fields[name], kind):
            yield DecisionError(name, allowed)
    for place, reason in enumerate(fields.get("reasons", ())):
        if not _fits(reason, Reason):
            yield DecisionError(f"reasons[{place}]", _REASON_ALLOWED)
    known = ", ".join(_FIELDS)
    yield from (
        DecisionError(repr(name), f"is an unknown field; there are {known}")
        for name in fields
        if name not in _FIELDS
    )


def _fits(value: object, kind: object) -> bool:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True
