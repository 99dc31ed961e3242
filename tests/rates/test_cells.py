from pipeline.conversation import DAY, HOUR, Entry
from pipeline.events import CampaignId, Milliseconds, TemplateId
from pipeline.rates import (
    ResponseCell,
    ResponseCounts,
    StepCell,
    StepCounts,
    hour_of,
    response_share,
    seconds_to_reply,
    step_share,
)
from pipeline.replies import ReplyClass
from tests.conversation._story import NOON, received, sent, touches


def responses(*entries: Entry) -> dict[ResponseCell, ResponseCounts]:
    """Return the sum of what all touches add to response rates."""
    cells: dict[ResponseCell, ResponseCounts] = {}
    for facts in touches(*entries).values():
        share = response_share(facts)
        if share is not None:
            cells[share[0]] = cells.get(share[0], ResponseCounts()).plus(share[1], 1)
    return cells


def steps(*entries: Entry) -> dict[StepCell, StepCounts]:
    """Return the sum of what all touches add to step rates."""
    cells: dict[StepCell, StepCounts] = {}
    for facts in touches(*entries).values():
        share = step_share(facts)
        if share is not None:
            cells[share[0]] = cells.get(share[0], StepCounts()).plus(share[1], 1)
    return cells


def response_cell(hour: int = NOON, campaign: str = "spring", template: str = "") -> ResponseCell:
    """Return the cell of an opener of campaign `spring` at noon, unless told otherwise."""
    return ResponseCell(CampaignId(campaign), TemplateId(template), Milliseconds(hour))


def step_cell(step: int, hour: int = NOON, template: str = "") -> StepCell:
    """Return the cell of a touch of campaign `spring` at noon, unless told otherwise."""
    return StepCell(CampaignId("spring"), TemplateId(template), Milliseconds(hour), step)


def test_an_hour_begins_with_its_first_millisecond() -> None:
    """The last millisecond of an hour lies in it; the next one begins another."""
    assert hour_of(Milliseconds(NOON)) == NOON
    assert hour_of(Milliseconds(NOON + HOUR - 1)) == NOON
    assert hour_of(Milliseconds(NOON + HOUR)) == NOON + HOUR


def test_an_attempt_counts_in_the_cell_of_its_opener() -> None:
    """Hour, campaign and template are the opener's, though a follow-up has the reply."""
    assert responses(
        sent("m1", NOON, template_id="warm"),
        sent("m2", NOON + 3 * DAY, template_id="brief"),
        received("r1", NOON + 4 * DAY, ReplyClass.POSITIVE),
    ) == {response_cell(template="warm"): ResponseCounts(1, 1, 1, 0)}


def test_a_touch_counts_in_its_own_step_cell() -> None:
    """Hour, template and step are the touch's own."""
    assert steps(
        sent("m1", NOON, template_id="warm"),
        sent("m2", NOON + 3 * DAY, template_id="brief"),
        received("r1", NOON + 4 * DAY, ReplyClass.POSITIVE),
    ) == {
        step_cell(0, template="warm"): StepCounts(1, 0, 0, 0),
        step_cell(1, NOON + 3 * DAY, "brief"): StepCounts(1, 1, 1, 86_400),
    }


def test_an_attempt_without_a_reply_is_an_attempt() -> None:
    """It stands in the denominator alone, and its follow-ups do not count again."""
    assert responses(sent("m1", NOON), sent("m2", NOON + 1)) == {
        response_cell(): ResponseCounts(1, 0, 0, 0)
    }


def test_touches_of_the_conversation_phase_count_in_no_rate() -> None:
    """A reply credited to one of them is none to the attempt."""
    story = [
        sent("m1", NOON),
        received("r1", NOON + 1),
        sent("m2", NOON + 2),
        received("r2", NOON + 3, ReplyClass.POSITIVE),
    ]
    assert responses(*story) == {response_cell(): ResponseCounts(1, 1, 0, 0)}
    assert steps(*story) == {step_cell(0): StepCounts(1, 1, 0, 0)}


def test_only_the_credited_reply_gives_its_class() -> None:
    """An opt-out that follows it changes nothing in a rate."""
    story = [
        sent("m1", NOON),
        received("r1", NOON + 1, ReplyClass.POSITIVE),
        received("r2", NOON + 2, ReplyClass.OPT_OUT),
    ]
    assert responses(*story) == {response_cell(): ResponseCounts(1, 1, 1, 0)}


def test_a_credited_opt_out_is_counted() -> None:
    """It is a reply, and no positive one."""
    story = [sent("m1", NOON), received("r1", NOON + 1, ReplyClass.OPT_OUT)]
    assert responses(*story) == {response_cell(): ResponseCounts(1, 1, 0, 1)}
    assert steps(*story) == {step_cell(0): StepCounts(1, 1, 0, 0)}


def test_of_two_attempts_the_one_with_the_last_touch_has_the_reply() -> None:
    """The other one stays without."""
    assert responses(
        sent("m1", NOON), sent("n1", NOON + 1, "autumn"), received("r1", NOON + 2)
    ) == {
        response_cell(): ResponseCounts(1, 0, 0, 0),
        response_cell(campaign="autumn"): ResponseCounts(1, 1, 0, 0),
    }


def test_seconds_to_reply_are_rounded_down_each() -> None:
    """1,999 ms are one second; a touch without a reply has none, not zero."""
    for gap, seconds in ((0, 0), (999, 0), (1_000, 1), (1_999, 1), (2_000, 2)):
        story = [sent("m1", NOON, event_id="a"), received("r1", NOON + gap, event_id="b")]
        assert seconds_to_reply(touches(*story)["m1"]) == seconds
        assert steps(*story)[step_cell(0)].reply_seconds == seconds
    assert seconds_to_reply(touches(sent("m1", NOON))["m1"]) is None


def test_counts_are_added_and_taken_away_field_by_field() -> None:
    """What was added can be taken away again."""
    assert ResponseCounts(4, 3, 2, 1).plus(ResponseCounts(10, 20, 30, 40), 1) == ResponseCounts(
        14, 23, 32, 41
    )
    assert ResponseCounts(4, 3, 2, 1).plus(ResponseCounts(1, 1, 1, 1), -1) == ResponseCounts(
        3, 2, 1, 0
    )
    assert StepCounts(4, 3, 2, 1).plus(StepCounts(10, 20, 30, 40), 1) == StepCounts(14, 23, 32, 41)
    assert StepCounts(4, 3, 2, 1).plus(StepCounts(1, 1, 1, 1), -1) == StepCounts(3, 2, 1, 0)
