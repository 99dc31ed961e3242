"""The messages that are judged to measure how the detectors do."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from pipeline.signals import Context

_ROOT = Path(__file__).parents[2]
_QUARTER = _ROOT / "examples" / "agency-quarter.jsonl.gz"
_LABELLED = _ROOT / "evaluation"
_OUTBOUND = {"dm_sent", "follow_up"}

_SENTENCE_END = re.compile(r"[.!?](?= |$)|$")

Message = tuple[str, Context]


def quarter() -> Iterator[Message]:
    """Yield the openers and follow-ups of the example quarter."""
    with gzip.open(_QUARTER, "rt", encoding="utf-8") as lines:
        for event in map(json.loads, lines):
            if event["type"] in _OUTBOUND:
                yield event["body"], _context(event, step=int(event["type"] == "follow_up"))


def labelled() -> Iterator[Message]:
    """Yield the labelled messages of `evaluation/`."""
    for file in sorted(_LABELLED.glob("messages*.jsonl")):
        for fields in map(json.loads, file.read_text("utf-8").splitlines()):
            yield fields["body"], _context(fields, step=fields.get("step", 0))


def distinct(count: int) -> Iterator[Message]:
    """Yield labelled messages with a word of its own in each sentence."""
    for number, (body, context) in enumerate(islice(cycle(labelled()), count)):
        yield _SENTENCE_END.sub(rf" {_word(number)}\g<0>", body), context


def _word(number: int) -> str:
    """Return a word of letters; one of digits and letters would be taken for a disguise."""
    return "zq" + "".join(chr(ord("a") + int(digit)) for digit in str(number)) + "q"


def _context(fields: dict[str, object], step: int) -> Context:
    content = fields.get("creator_content")
    return Context(
        step=step,
        creator_name=str(fields.get("creator_name") or ""),
        creator_content=tuple(map(str, content)) if isinstance(content, list) else (),
    )
