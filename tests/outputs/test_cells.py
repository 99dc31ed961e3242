from pipeline.outputs import cell_outputs
from pipeline.topics import Topic
from tests.outputs._story import changes_of, opened
from tests.reference._story import NOON, POSITIVE, reply, touch
from tests.reference.model import DAY, HOUR


def test_cells_hold_absolute_counts() -> None:
    """A second touch of an hour makes two, written whole, and a cell left behind is all zeros."""
    first = [touch("m1", NOON), reply("r1", NOON + 2_500, body=POSITIVE)]
    (output,) = cell_outputs(changes_of(first, [touch("k1", NOON + 1, creator_id="c2")]), 4)
    assert (output.topic, output.key, output.partition) == (
        Topic.RATE_CELLS,
        b'["default","linkedin","a1"]',
        4,
    )
    assert opened(output) == {
        "workspace": "default",
        "platform": "linkedin",
        "account_id": "a1",
        "response_cells": [
            {
                "campaign_id": "spring",
                "template_id": "",
                "hour": NOON,
                "attempts": 2,
                "replied_attempts": 1,
                "positive_attempts": 1,
                "opt_outs": 0,
            }
        ],
        "step_cells": [
            {
                "campaign_id": "spring",
                "template_id": "",
                "step": 0,
                "hour": NOON,
                "touches": 2,
                "replied_touches": 1,
                "positive_touches": 1,
                "reply_seconds": 2,
            }
        ],
    }


def test_a_cell_that_was_left_is_written_with_zeros() -> None:
    """Readers replace what they have; silence would leave the old counts standing."""
    moves = [touch("m1", NOON - HOUR)]
    (output,) = cell_outputs(changes_of([touch("m1", NOON)], moves), 0)
    cells = {cell["hour"]: cell["attempts"] for cell in opened(output)["response_cells"]}
    assert cells == {NOON: 0, NOON - HOUR: 1}


def test_a_cell_that_comes_out_the_same_is_not_written() -> None:
    """Two messages that change places leave the counts of their hour as they were."""
    story = [touch("m1", NOON), touch("m2", NOON + DAY)]
    moves = [
        touch("m1", NOON, event_id="a", creator_id="c2"),
        touch("k1", NOON, creator_id="c3", campaign_id="autumn"),
    ]
    (output,) = cell_outputs(changes_of(story, moves), 0)
    record = opened(output)
    assert [(cell["campaign_id"], cell["hour"]) for cell in record["response_cells"]] == [
        ("spring", NOON + DAY),
        ("autumn", NOON),
    ]


def test_each_account_has_a_record_of_its_own() -> None:
    """A cell belongs to one account; one without a change is not heard of."""
    story = [touch("m1", NOON), touch("k1", NOON, account_id="a2")]
    outputs = cell_outputs(changes_of(story), 0)
    assert {output.key for output in outputs} == {
        b'["default","linkedin","a1"]',
        b'["default","linkedin","a2"]',
    }
    assert len(cell_outputs(changes_of(story, [reply("r1", NOON + 1)]), 0)) == 1
    assert cell_outputs(changes_of(story, story), 0) == []


def test_an_account_may_have_step_cells_alone() -> None:
    """A follow-up without a reply changes no response rate."""
    (output,) = cell_outputs(changes_of([touch("m1", NOON)], [touch("m2", NOON + 3 * DAY)]), 0)
    record = opened(output)
    assert record["response_cells"] == []
    assert [cell["step"] for cell in record["step_cells"]] == [1]


def test_a_touch_that_no_rate_counts_writes_nothing() -> None:
    """A touch of the conversation phase changes no cell, and no record is empty."""
    answered = [touch("m1", NOON), reply("r1", NOON + 1)]
    assert cell_outputs(changes_of(answered, [touch("m2", NOON + 2)]), 0) == []
