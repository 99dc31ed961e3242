from tests.reference._story import NOON, OPT_OUT, POSITIVE, derive, moment, reply, touch
from tests.reference.model import DAY, HOUR

SPRING = ("default", "linkedin", "a1", "spring", "")
AUTUMN = ("default", "linkedin", "a1", "autumn", "")


def test_an_attempt_counts_once_however_many_touches_it_has() -> None:
    """The response rate counts attempts, in the cell of the opener."""
    result = derive(
        touch("m1", NOON + HOUR - 1),
        touch("m2", NOON + 3 * DAY, template_id="warm"),
        reply("r1", NOON + 3 * DAY + 1500, body=POSITIVE),
        touch("n1", NOON, creator_id="c2"),
    )
    assert result.response_rates == {(*SPRING, NOON): (2, 1, 1, 0)}


def test_a_touch_counts_in_the_cell_of_its_own_hour_template_and_step() -> None:
    """The step rate counts touches where they are, with the seconds of their replies."""
    result = derive(
        touch("m1", NOON + HOUR - 1),
        touch("m2", NOON + 3 * DAY, template_id="warm"),
        reply("r1", NOON + 3 * DAY + 1500, body=POSITIVE),
    )
    assert result.step_rates == {
        (*SPRING, 0, NOON): (1, 0, 0, 0),
        ("default", "linkedin", "a1", "spring", "warm", 1, NOON + 3 * DAY): (1, 1, 1, 1),
    }


def test_an_hour_begins_with_its_first_millisecond() -> None:
    """A touch at the full hour is in the cell that begins there."""
    result = derive(touch("m1", NOON - 1, creator_id="c2"), touch("m2", NOON))
    assert result.response_rates == {
        (*SPRING, NOON - HOUR): (1, 0, 0, 0),
        (*SPRING, NOON): (1, 0, 0, 0),
    }


def test_hours_are_those_of_utc() -> None:
    """The time zone of a creator shifts no cell, not even by half an hour."""
    sent = touch("m1", moment("2024-01-09T18:15:00+05:30"), creator_timezone="Asia/Kolkata")
    assert set(derive(sent).response_rates) == {(*SPRING, NOON)}


def test_a_touch_of_the_conversation_counts_in_no_rate() -> None:
    """A credit of the conversation phase stands in the row and in no cell."""
    result = derive(
        touch("m1", NOON),
        reply("r1", NOON + 1),
        touch("m2", NOON + 2),
        reply("r2", NOON + 3, body=POSITIVE),
    )
    assert result.touches["default", "linkedin", "a1", "m2"].reply_class == "positive"
    assert result.response_rates == {(*SPRING, NOON): (1, 1, 0, 0)}
    assert result.step_rates == {(*SPRING, 0, NOON): (1, 1, 0, 0)}


def test_a_late_answer_is_no_response() -> None:
    """A reply without credit leaves the attempt unanswered, and ends its outreach phase."""
    late = NOON + 30 * DAY
    result = derive(
        touch("m1", NOON),
        reply("r1", late, body=POSITIVE),
        touch("m2", late + 1),
        reply("r2", late + 2, body=POSITIVE),
    )
    assert result.response_rates == {(*SPRING, NOON): (1, 0, 0, 0)}
    assert result.step_rates == {(*SPRING, 0, NOON): (1, 0, 0, 0)}


def test_an_attempt_whose_reply_is_credited_to_another_has_none() -> None:
    """Of two attempts under way, the one with the last touch has the response."""
    result = derive(
        touch("m1", NOON),
        touch("n1", NOON + 1, campaign_id="autumn"),
        reply("r1", NOON + 2, body=OPT_OUT),
    )
    assert result.response_rates == {
        (*SPRING, NOON): (1, 0, 0, 0),
        (*AUTUMN, NOON): (1, 1, 0, 1),
    }


def test_only_the_credited_reply_gives_its_class() -> None:
    """A later opt-out or interest changes nothing about the response."""
    result = derive(
        touch("m1", NOON),
        reply("r1", NOON + 1),
        reply("r2", NOON + 2, body=OPT_OUT),
        reply("r3", NOON + 3, body=POSITIVE),
    )
    assert result.response_rates == {(*SPRING, NOON): (1, 1, 0, 0)}


def test_seconds_are_rounded_down_each() -> None:
    """Two replies after 1.9 seconds are two seconds in all, not three."""
    result = derive(
        touch("m1", NOON),
        reply("r1", NOON + 1900),
        touch("n1", NOON, creator_id="c2"),
        reply("r2", NOON + 1900, creator_id="c2"),
    )
    assert result.step_rates == {(*SPRING, 0, NOON): (2, 2, 0, 2)}
