"""Whether all that was sent is where it must be, each once: in the views, or a dead letter."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.topics import Topic
from tests.fuzz._plan import Sent
from tests.fuzz._published import Record, read_strictly
from tests.reference.model import Event
from tests.system._expected import comparable, expected_views
from tests.system.outreach import Row, Views, in_order

_KEPT_BYTES = 8 * 1024 * 1024 - 64 * 1024
_VIEWS = {
    Topic.TOUCHES: "touches",
    Topic.VIOLATIONS: "violations",
    Topic.REPLY_OUTCOMES: "replies",
    Topic.AUDIENCE_MESSAGES: "audience_messages",
}
_ACCOUNT = ("workspace", "platform", "account_id")


class Place(NamedTuple):
    """Where a record stands."""

    topic: str
    partition: int
    offset: int


class Letter(NamedTuple):
    """A dead letter."""

    place: Place
    """Where it stands."""
    about: Place
    """Where the record stands that it is about."""


class Placed(NamedTuple):
    """A record that was sent, and where it stands."""

    sent: Sent
    place: Place


def letters_expected(placed: Sequence[Placed]) -> dict[Place, bytes]:
    """Return the bytes of each record that must be a dead letter."""
    return {
        place: (sent.output.value or b"")[:_KEPT_BYTES]
        for sent, place in placed
        if sent.use is None
    }


def letter_in(place: Place, value: bytes) -> Letter | None:
    """Return the letter in a record of the dead letters' topic; None if it holds none."""
    found = read_strictly(value)
    if found is None or found[0] != "dead-letter":
        return None
    about = (found[1][name] for name in ("topic", "partition", "offset"))
    return Letter(place, Place(*about))


def problems(placed: Sequence[Placed], views: Views, letters: Sequence[Letter]) -> list[str]:
    """Return what is not as it must be; `letters` are all that stand in their topic."""
    return [*_letter_problems(placed, views, letters), *_view_problems(placed, views)]


def _letter_problems(
    placed: Sequence[Placed], views: Views, letters: Sequence[Letter]
) -> Iterator[str]:
    by_hand = {
        use["dead_letter_id"]
        for sent, _ in placed
        if sent.topic is Topic.DEAD_LETTERS and (use := _record(sent)) is not None
    }
    rows = {row["dead_letter_id"]: row for row in views["dead_letters"]}
    yield from (f"the letter {each!r} is not shown" for each in by_hand - rows.keys())
    expected = letters_expected(placed)
    kinds = {place: sent.kind for sent, place in placed}
    named = Counter(letter.about for letter in letters if letter.place not in kinds)
    for place in expected.keys() | named.keys():
        if (place in expected, named[place]) not in {(True, 1), (False, 0)}:
            yield f"{place} ({kinds.get(place)}) has {named[place]} letters"
    shown = {_place(row): row for id_, row in rows.items() if id_ not in by_hand}
    for place, payload in expected.items():
        row = shown.get(place)
        if row is None:
            yield f"{place} ({kinds[place]}) is not shown"
        elif not row["reason"] or row["at"] <= 0 or _bytes(row["payload"]) != payload:
            yield f"{place} ({kinds[place]}) is shown as something else"
    yield from (f"{place} is shown" for place in shown.keys() - expected.keys())


def _place(row: Row) -> Place:
    return Place(row["topic"], row["partition"], row["offset"])


def _view_problems(placed: Sequence[Placed], views: Views) -> Iterator[str]:
    expected = expected_views([sent.use for sent, _ in placed if isinstance(sent.use, Event)])
    for view, rows in _derived_rows(placed).items():
        expected[view] = in_order([*expected[view], *rows])
    found = comparable(views)
    for view in expected.keys() | found.keys():
        want, got = Counter(map(_line, expected[view])), Counter(map(_line, found[view]))
        yield from (f"{view} lacks {line}" for line in want - got)
        yield from (f"{view} has {line}" for line in got - want)


def _line(row: Row) -> str:
    return repr(sorted(row.items()))


def _derived_rows(placed: Sequence[Placed]) -> Mapping[str, list[Row]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for sent, _ in placed:
        record = _record(sent)
        if record is None:
            continue
        if sent.topic in _VIEWS and not record["withdrawn"]:
            left_out = {"withdrawn", "detail", "quality", "signals"}
            rows[_VIEWS[sent.topic]].append(
                {name: value for name, value in record.items() if name not in left_out}
            )
        elif sent.topic is Topic.RATE_CELLS:
            for view, cells, size in (
                ("response_rates", "response_cells", "attempts"),
                ("step_rates", "step_cells", "touches"),
            ):
                rows[view] += _cells(record, cells, size)
    return rows


def _cells(record: Record, name: str, size: str) -> list[Row]:
    by_key = {}
    for cell in record[name]:
        key = (cell["campaign_id"], cell["template_id"], cell["hour"], cell.get("step"))
        by_key[key] = {part: record[part] for part in _ACCOUNT} | cell
    return [cell for cell in by_key.values() if cell[size] > 0]


def _record(sent: Sent) -> Record | None:
    return None if sent.use is None or isinstance(sent.use, Event) else sent.use


def _bytes(payload: str | bytes) -> bytes:
    return payload.encode() if isinstance(payload, str) else payload
