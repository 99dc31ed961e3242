"""How many messages a second are judged by all detectors, on one core.

    python tests/benchmarks/signals.py [MESSAGES]

Judges openers and follow-ups of the example quarter and the labelled messages of `evaluation/`, and
splits the same texts at white space to compare with. Sentences recur in campaigns, and what the
latest say is remembered; the last row judges texts in which no sentence comes twice. Figures move
by tens of per cent from run to run; their ratio holds.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipeline.signals import Context, judge

_ROOT = Path(__file__).parents[2]
_QUARTER = _ROOT / "examples" / "agency-quarter.jsonl.gz"
_LABELLED = _ROOT / "evaluation"
_OUTBOUND = {"dm_sent", "follow_up"}

_SENTENCE_END = re.compile(r"[.!?](?= |$)|$")

Message = tuple[str, Context]


def main() -> None:
    """Measure both sets of messages."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    table = Table(box=None)
    for head in ("", "characters each", "judged/s", "split/s", "times a split"):
        table.add_column(head, justify="right" if head else "left", no_wrap=True)
    sets = (
        ("example quarter", _quarter()),
        ("labelled", _labelled()),
        ("no sentence twice", _distinct(count)),
    )
    for name, messages in sets:
        table.add_row(name, *_measured(list(islice(messages, count)), count))
    Console().print(table)


def _quarter() -> Iterator[Message]:
    with gzip.open(_QUARTER, "rt", encoding="utf-8") as lines:
        for event in map(json.loads, lines):
            if event["type"] in _OUTBOUND:
                yield event["body"], _context(event, step=int(event["type"] == "follow_up"))


def _labelled() -> Iterator[Message]:
    for file in sorted(_LABELLED.glob("messages*.jsonl")):
        for fields in map(json.loads, file.read_text("utf-8").splitlines()):
            yield fields["body"], _context(fields, step=fields.get("step", 0))


def _distinct(count: int) -> Iterator[Message]:
    """Yield labelled messages with a word of its own in each sentence."""
    for number, (body, context) in enumerate(islice(cycle(_labelled()), count)):
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


def _measured(messages: list[Message], count: int) -> tuple[str, ...]:
    for body, context in messages:
        judge(body, context)
    repeated = list(islice(cycle(messages), count))
    judging = _seconds(lambda: _each(repeated, judge))
    splitting = _seconds(lambda: _each(repeated, lambda body, _: body.split()))
    characters = sum(len(body) for body, _ in repeated) / count
    figures = (characters, count / judging, count / splitting, judging / splitting)
    return tuple(f"{figure:,.0f}" for figure in figures)


def _each(messages: list[Message], work: Callable[[str, Context], object]) -> None:
    """Do the work on each message, and keep nothing of it, as in a stream."""
    for body, context in messages:
        work(body, context)


def _seconds(work: Callable[[], object]) -> float:
    """Return the processor time of the quickest of three runs."""
    taken = []
    for _ in range(3):
        begin = time.process_time()
        work()
        taken.append(time.process_time() - begin)
    return min(taken)


if __name__ == "__main__":
    main()
