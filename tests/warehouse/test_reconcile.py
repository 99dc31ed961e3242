from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from pipeline.avro import decode, encode
from pipeline.topics import Topic
from pipeline.warehouse import Address, CellDifference, PendingRows, Writer, reconcile
from pipeline.warehouse.tables import CONTENTS
from tests.warehouse import records
from tests.warehouse.records import Record

Story = list[tuple[Topic, Record]]
Fields = dict[str, Any]
Counts = tuple[int, ...]

MINUTE, HOUR = 60_000, 3_600_000
TEN = 1_767_225_600_000 + 10 * HOUR
"""Ten o'clock of the day."""
ELEVEN = TEN + HOUR
COUNTS = {
    "response_rates": ("attempts", "replied_attempts", "positive_attempts", "opt_outs"),
    "step_rates": ("touches", "replied_touches", "positive_touches", "reply_seconds"),
}
ZEROS = (0, 0, 0, 0)


def touch(creator: str, number: int, sent_at: int, **fields: object) -> tuple[Topic, Record]:
    """Return a touch of a creator, which the number names."""
    names: Fields = {"creator_id": creator, "message_id": f"{creator}-{number}"}
    return Topic.TOUCHES, records.touch(**names, sent_at=sent_at, **fields)


def answered(after: int, reply_class: str, sent_at: int) -> Fields:
    """Return the fields of a touch that was answered so many seconds after it."""
    return {
        "replied_at": sent_at + 1_000 * after,
        "reply_class": reply_class,
        "seconds_to_reply": after,
    }


def response(counts: Counts, **fields: object) -> tuple[Topic, Record]:
    """Return a cell of response rates: campaign spring, template warm, from ten o'clock."""
    named = dict(zip(COUNTS["response_rates"], counts, strict=True))
    return Topic.RATE_CELLS, records.response_cell(**{"hour": TEN} | named | fields)


def step(counts: Counts, **fields: object) -> tuple[Topic, Record]:
    """Return a cell of step rates: campaign spring, template warm, step 0, from ten o'clock."""
    named = dict(zip(COUNTS["step_rates"], counts, strict=True))
    return Topic.RATE_CELLS, records.step_cell(**{"step": 0, "hour": TEN} | named | fields)


TOUCHES: Story = [
    # Ana is written to again in another hour, by another template, and gladly answers that.
    touch("ana", 0, TEN + 59 * MINUTE),
    touch("ana", 1, ELEVEN, step=1, template_id="nudge", **answered(90, "positive", ELEVEN)),
    # Two campaigns write to Ben in turns; he declines the first one's second touch, and both go on.
    touch("ben", 0, TEN),
    touch("ben", 1, TEN + MINUTE, campaign_id="gala", template_id=""),
    touch("ben", 2, TEN + 2 * MINUTE, step=1, **answered(30, "negative", TEN + 2 * MINUTE)),
    touch("ben", 3, TEN + 3 * MINUTE, phase="conversation", **answered(7, "positive", ELEVEN)),
    touch("ben", 4, ELEVEN, phase="conversation", campaign_id="gala", template_id="brief"),
    # Cleo asks to stop at once, and Dan asks another account to.
    touch("cleo", 0, TEN + HOUR - 1, **answered(0, "opt_out", TEN + HOUR - 1)),
    touch("dan", 0, TEN, account_id="other", **answered(3_600, "opt_out", TEN)),
    # Somebody was written to, which never happened after all.
    touch("eve", 0, TEN, withdrawn=True),
]
CELLS: Story = [
    response((3, 3, 1, 1)),
    response((1, 0, 0, 0), campaign_id="gala", template_id=""),
    step((3, 1, 0, 0)),
    step((1, 1, 0, 30), step=1),
    step((1, 1, 1, 90), step=1, template_id="nudge", hour=ELEVEN),
    step((1, 0, 0, 0), campaign_id="gala", template_id=""),
    step(ZEROS, template_id="gone"),
]
OTHER_ACCOUNT: Story = [
    (topic, record | {"account_id": "other"})
    for topic, record in (response((1, 1, 0, 1)), step((1, 1, 0, 3_600)))
]


def put(address: Address, story: Story, version: int = 1) -> None:
    """Bring records into the warehouse, all in this version."""
    rows = PendingRows()
    for topic, record in story:
        schema, tables, _ = CONTENTS[topic]
        rows.add(tables, decode(encode(schema, record))[1], version)
    writer = Writer(address)
    rows.write(writer)
    writer.close()


@pytest.fixture
def sound(address: Address) -> Address:
    """Return a warehouse whose rates are those of its touches."""
    put(address, [*TOUCHES, *CELLS, *OTHER_ACCOUNT])
    return address


def response_difference(shown: Counts, computed: Counts, **cell: object) -> CellDifference:
    """Return the difference of a cell that `response` makes."""
    return difference("response_rates", shown, computed, cell)


def step_difference(shown: Counts, computed: Counts, **cell: object) -> CellDifference:
    """Return the difference of a cell that `step` makes."""
    return difference("step_rates", shown, computed, {"step": 0} | cell)


def difference(view: str, shown: Counts, computed: Counts, cell: Fields) -> CellDifference:
    """Return the difference of a cell of which all is known that is not as it mostly is."""
    account: Fields = {"workspace": "north", "platform": "instagram", "account_id": "brand"}
    named = account | {"campaign_id": "spring", "template_id": "warm", "hour": TEN} | cell
    return CellDifference(
        view,
        named | {"hour": datetime.fromtimestamp(named["hour"] / 1000, UTC)},
        dict(zip(COUNTS[view], shown, strict=True)),
        dict(zip(COUNTS[view], computed, strict=True)),
    )


def test_rates_that_are_those_of_the_touches_have_no_difference(sound: Address) -> None:
    """An attempt has hour and template of its opener, and only its outreach phase counts.

    Attempts of other campaigns in between, of other accounts, and touches that were withdrawn
    change nothing.
    """
    assert reconcile(sound) == []


def test_an_empty_warehouse_has_no_difference(address: Address) -> None:
    """Where nothing was sent there is no rate."""
    assert reconcile(address) == []


def test_missing_cells_are_found(sound: Address) -> None:
    """A cell that the view lacks is shown as zeros, beside what the touches give."""
    put(sound, [response(ZEROS), step(ZEROS, step=1)], version=2)

    assert reconcile(sound) == [
        response_difference(ZEROS, (3, 3, 1, 1)),
        step_difference(ZEROS, (1, 1, 0, 30), step=1),
    ]


def test_surplus_cells_are_found(sound: Address) -> None:
    """A cell that the touches do not give is computed as zeros, whichever key it is new in."""
    surplus: list[Fields] = [{"campaign_id": "autumn"}, {"hour": ELEVEN}]
    put(sound, [response((1, 0, 0, 0), **cell) for cell in surplus], version=2)
    put(sound, [step((2, 1, 0, 60), **cell) for cell in [*surplus, {"step": 2}]], version=2)

    assert reconcile(sound) == [
        *(response_difference((1, 0, 0, 0), ZEROS, **cell) for cell in surplus),
        *(step_difference((2, 1, 0, 60), ZEROS, **cell) for cell in [*surplus, {"step": 2}]),
    ]


@pytest.mark.parametrize("place", range(4))
def test_any_wrong_count_is_found(sound: Address, place: int) -> None:
    """Each count of each table is compared, and one too many tells as one too few does."""
    attempts, touches = [3, 3, 1, 1], [1, 1, 1, 90]
    attempts[place] -= 1
    touches[place] += 1
    nudge: Fields = {"step": 1, "template_id": "nudge", "hour": ELEVEN}
    put(sound, [response(tuple(attempts)), step(tuple(touches), **nudge)], version=2)

    assert reconcile(sound) == [
        response_difference(tuple(attempts), (3, 3, 1, 1)),
        step_difference(tuple(touches), (1, 1, 1, 90), **nudge),
    ]


def test_counts_that_make_up_for_each_other_are_found(sound: Address) -> None:
    """What one cell has too much and another one too little is two differences."""
    gala: Fields = {"campaign_id": "gala", "template_id": ""}
    put(sound, [response((2, 3, 1, 1)), response((2, 0, 0, 0), **gala)], version=2)

    assert reconcile(sound) == [
        response_difference((2, 0, 0, 0), (1, 0, 0, 0), **gala),
        response_difference((2, 3, 1, 1), (3, 3, 1, 1)),
    ]


def test_an_attempt_belongs_to_the_hour_and_template_of_its_opener(sound: Address) -> None:
    """One that is counted where its answered follow-up stands is missing where it opened."""
    nudge: Fields = {"template_id": "nudge", "hour": ELEVEN}
    put(sound, [response((2, 2, 0, 1)), response((1, 1, 1, 0), **nudge)], version=2)

    assert reconcile(sound) == [
        response_difference((1, 1, 1, 0), ZEROS, **nudge),
        response_difference((2, 2, 0, 1), (3, 3, 1, 1)),
    ]


def test_an_opener_without_a_template_is_not_given_that_of_its_follow_up(sound: Address) -> None:
    """No template is a template of its own."""
    late = touch("ben", 5, ELEVEN, campaign_id="gala", step=1, template_id="brief")
    brief: Fields = {"campaign_id": "gala", "template_id": "brief"}
    put(sound, [late, step((1, 0, 0, 0), **brief, step=1, hour=ELEVEN)])
    assert reconcile(sound) == []

    gala: Fields = {"campaign_id": "gala", "template_id": ""}
    put(sound, [response(ZEROS, **gala), response((1, 0, 0, 0), **brief)], version=2)

    assert reconcile(sound) == [
        response_difference(ZEROS, (1, 0, 0, 0), **gala),
        response_difference((1, 0, 0, 0), ZEROS, **brief),
    ]


def test_touches_of_the_conversation_phase_have_no_cells(sound: Address) -> None:
    """A table that counts one of them is found out."""
    brief: Fields = {"campaign_id": "gala", "template_id": "brief", "hour": ELEVEN}
    put(sound, [step((4, 2, 1, 7)), step((1, 0, 0, 0), **brief)], version=2)

    assert reconcile(sound) == [
        step_difference((1, 0, 0, 0), ZEROS, **brief),
        step_difference((4, 2, 1, 7), (3, 1, 0, 0)),
    ]


def test_rates_of_another_account_are_not_taken_for_these(sound: Address) -> None:
    """A touch that went to another account's row is missing in its own cells."""
    put(sound, [touch("dan", 0, TEN, account_id="other", withdrawn=True)], version=2)

    assert reconcile(sound) == [
        response_difference((1, 1, 0, 1), ZEROS, account_id="other"),
        step_difference((1, 1, 0, 3_600), ZEROS, account_id="other"),
    ]
