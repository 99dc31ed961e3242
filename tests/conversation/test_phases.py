from pipeline.conversation import DAY
from tests.conversation._story import NOON, phases, received, sent, touches


def test_an_attempt_is_outreach_until_the_creator_writes() -> None:
    """From the creator's first message after the opener on it is conversation."""
    assert phases(
        sent("m1", NOON),
        sent("m2", NOON + DAY),
        received("r1", NOON + 2 * DAY),
        sent("m3", NOON + 3 * DAY),
        sent("m4", NOON + 40 * DAY),
    ) == {"m1": "outreach", "m2": "outreach", "m3": "conversation", "m4": "conversation"}


def test_a_message_before_the_opener_answers_nothing() -> None:
    """Only a message after its opener ends the outreach phase of an attempt."""
    assert phases(received("r1", NOON - 1), sent("m1", NOON), sent("m2", NOON + 1)) == {
        "m1": "outreach",
        "m2": "outreach",
    }


def test_a_reply_ends_the_outreach_of_every_attempt_that_is_open() -> None:
    """An attempt opened after the reply is outreach, those opened before are conversation."""
    assert phases(
        sent("m1", NOON),
        sent("n1", NOON + 1, "autumn"),
        received("r1", NOON + 2),
        sent("g1", NOON + 3, "gala"),
        sent("m2", NOON + 4),
        sent("n2", NOON + 5, "autumn"),
        sent("g2", NOON + 6, "gala"),
    ) == {
        "m1": "outreach",
        "n1": "outreach",
        "g1": "outreach",
        "m2": "conversation",
        "n2": "conversation",
        "g2": "outreach",
    }


def test_a_reply_of_the_same_millisecond_answers_by_its_event_id() -> None:
    """Between two touches of one time it ends the phase of the first."""
    story = [sent("m1", NOON, event_id="a"), sent("m2", NOON, event_id="c")]
    assert phases(*story, received("r1", NOON, event_id="b"))["m2"] == "conversation"
    assert phases(*story, received("r1", NOON, event_id="d"))["m2"] == "outreach"


def test_every_touch_of_an_attempt_knows_its_opener() -> None:
    """An attempt has one opener, for good, whatever was said since."""
    rows = touches(
        sent("m1", NOON),
        received("r1", NOON + 1),
        sent("n1", NOON + 2, "autumn"),
        sent("m2", NOON + 400 * DAY),
    )
    assert {name: facts.opener.message_id for name, facts in rows.items()} == {
        "m1": "m1",
        "n1": "n1",
        "m2": "m1",
    }
    assert {name for name, facts in rows.items() if facts.opens_attempt} == {"m1", "n1"}


def test_an_opener_looks_back_at_unanswered_attempts() -> None:
    """The last touch of other attempts in their outreach phase is what a new campaign recalls."""
    story = [sent("m1", NOON), sent("n1", NOON + 1, "autumn"), sent("m2", NOON + 2)]
    rows = touches(*story, sent("g1", NOON + 3, "gala"))
    assert rows["m1"].other_outreach_at is None
    assert rows["n1"].other_outreach_at == NOON
    assert rows["m2"].other_outreach_at is None
    assert rows["g1"].other_outreach_at == NOON + 2


def test_an_opener_looks_past_answered_attempts() -> None:
    """A touch of the conversation phase is no outreach, and neither is one that was answered."""
    rows = touches(
        sent("m1", NOON),
        received("r1", NOON + 1),
        sent("n1", NOON + 2, "autumn"),
        sent("m2", NOON + 3),
        sent("g1", NOON + 4, "gala"),
    )
    assert rows["n1"].other_outreach_at is None
    assert rows["g1"].other_outreach_at == NOON + 2


def test_acceptance_holds_from_the_touch_that_says_it() -> None:
    """This touch or any before it, of whichever attempt; a later silence takes nothing back."""
    rows = touches(
        sent("m1", NOON),
        sent("n1", NOON + 1, "autumn", accepted=True),
        sent("m2", NOON + 2, accepted=False),
    )
    assert {name: facts.accepted for name, facts in rows.items()} == {
        "m1": False,
        "n1": True,
        "m2": True,
    }


def test_what_the_creator_wrote_is_known_to_the_touches_after_it() -> None:
    """An audience message before the first touch counts; a reply does not reach back."""
    rows = touches(sent("m1", NOON), received("r1", NOON + 1), sent("m2", NOON + 2))
    assert {name: facts.creator_has_written for name, facts in rows.items()} == {
        "m1": False,
        "m2": True,
    }
    assert touches(received("r1", NOON - 1), sent("m1", NOON))["m1"].creator_has_written


def test_the_latest_time_zone_given_holds_on() -> None:
    """A touch has its own zone, else the latest one given before it, of whichever attempt."""
    rows = touches(
        sent("m1", NOON),
        sent("m2", NOON + 1, timezone="Europe/Berlin"),
        sent("n1", NOON + 2, "autumn"),
        received("r1", NOON + 3),
        sent("n2", NOON + 4, "autumn", timezone="Asia/Kathmandu"),
        sent("m3", NOON + 5),
    )
    assert {name: facts.timezone for name, facts in rows.items()} == {
        "m1": None,
        "m2": "Europe/Berlin",
        "n1": "Europe/Berlin",
        "n2": "Asia/Kathmandu",
        "m3": "Asia/Kathmandu",
    }
