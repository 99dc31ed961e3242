"""The JSON lines that `outreach check --json` reads, and those that it prints."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

import msgspec

from pipeline.cli._check_language import LANGUAGE_ALLOWED, is_language
from pipeline.signals import Context, Element, Judgement


@dataclass(frozen=True, slots=True)
class Line:
    """A message to judge."""

    body: str
    context: Context


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that holds none."""

    number: int
    field: str
    """What is wrong with it; '' where the whole line is."""
    reason: str

    def __str__(self) -> str:
        subject = f"{self.field} " if self.field else ""
        return f"{self.number}: {subject}{self.reason}"


class _FieldError(Exception):
    """A field has no value that it may have."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field, reason)
        self.field, self.reason = field, reason


def read_lines(file: BinaryIO, defaults: Context) -> Iterator[Line | BadLine]:
    """Yield the message of each line that is not blank; what it leaves out is as in `defaults`.

    Null and empty mean absent, and fields that are not ours are passed over, as is the mark that
    some editors write at the start of a file. Blocks while reading.
    """
    for number, each in enumerate(file, 1):
        line = each.removeprefix(codecs.BOM_UTF8) if number == 1 else each
        if line.strip():
            try:
                yield _read(msgspec.json.decode(line), defaults)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                yield BadLine(number, "", "is no JSON; each line must be one object")
            except _FieldError as error:
                yield BadLine(number, error.field, error.reason)


def written(judgement: Judgement) -> str:
    """Return the line of JSON for a judgement, without its end."""
    answer = {
        "quality": judgement.quality.score,
        "language": judgement.language,
        "elements": {element.value: element in judgement.elements for element in Element},
        "signals": [
            {
                "signal": signal.code.value,
                "evidence": signal.evidence.words,
                "suggestion": signal.suggestion,
            }
            for signal in judgement.signals
        ],
    }
    return msgspec.json.encode(answer).decode()


def _read(fields: Any, defaults: Context) -> Line:  # noqa: ANN401 - JSON of any shape
    if not isinstance(fields, dict):
        raise _FieldError("", "is no JSON object")
    body = _text(fields, "body")
    if not body.strip():
        raise _FieldError("body", "is missing; it is the text of the message")
    context = Context(
        step=_step(fields, defaults.step),
        max_follow_ups=defaults.max_follow_ups,
        creator_name=_text(fields, "creator_name") or defaults.creator_name,
        creator_content=_content(fields) or defaults.creator_content,
        language=_language(fields) or defaults.language,
    )
    return Line(body, context)


def _step(fields: Mapping[str, Any], default: int) -> int:
    step = fields.get("step")
    if step is None:
        return default
    if not isinstance(step, int) or isinstance(step, bool) or step < 0:
        raise _FieldError("step", "must be a whole number, 0 for an opener")
    return step


def _language(fields: Mapping[str, Any]) -> str:
    code = _text(fields, "language")
    if code and not is_language(code):
        raise _FieldError("language", f"must be {LANGUAGE_ALLOWED}")
    return code


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _FieldError(name, "must be text")
    return value


def _content(fields: Mapping[str, Any]) -> tuple[str, ...]:
    value = fields.get("creator_content")
    if isinstance(value, str):
        value = [value]
    if value is None:
        return ()
    if not isinstance(value, list) or not all(one is None or isinstance(one, str) for one in value):
        raise _FieldError("creator_content", "must be text or a list of texts")
    return tuple(filter(None, value))
