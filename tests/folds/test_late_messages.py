from pipeline.replies import classify
from tests.folds._drawn import parsed
from tests.folds._story import arrived, breaking, steps
from tests.folds._system import System
from tests.reference import model
from tests.reference._story import NOON, OPT_OUT, POSITIVE, reply, touch
from tests.reference.model import DAY, HOUR

SPRING = ("default", "linkedin", "a1", "spring", "")


def test_a_late_touch_in_the_middle_of_a_streak_moves_the_steps() -> None:
    """Every later touch of the streak has one step more, and the last is one too many."""
    story = [touch("m1", NOON), touch("m3", NOON + 6 * DAY), touch("m4", NOON + 9 * DAY)]
    late = touch("m2", NOON + 3 * DAY)
    assert steps(*story) == {"m1": 0, "m3": 1, "m4": 2}
    assert steps(*story, late) == {"m1": 0, "m2": 1, "m3": 2, "m4": 3}
    assert breaking("follow_up_limit", *story) == set()
    assert breaking("follow_up_limit", *story, late) == {"m4"}


def test_a_late_touch_moves_the_cells_of_its_neighbours() -> None:
    """A touch whose step moved leaves the cell that it stood in, and the reply goes with it."""
    story = [
        touch("m1", NOON),
        touch("m3", NOON + 6 * DAY),
        reply("r1", NOON + 7 * DAY, body=POSITIVE),
    ]
    late = touch("m2", NOON + 3 * DAY)
    assert arrived(*story).step_rates == {
        (*SPRING, 0, NOON): (1, 0, 0, 0),
        (*SPRING, 1, NOON + 6 * DAY): (1, 1, 1, DAY // 1000),
    }
    assert arrived(*story, late).step_rates == {
        (*SPRING, 0, NOON): (1, 0, 0, 0),
        (*SPRING, 1, NOON + 3 * DAY): (1, 0, 0, 0),
        (*SPRING, 2, NOON + 6 * DAY): (1, 1, 1, DAY // 1000),
    }


def test_a_late_touch_that_comes_between_makes_the_next_one_too_soon() -> None:
    """The gap is to the touch before it in its streak, which is another one now."""
    story = [touch("m1", NOON), touch("m3", NOON + 6 * DAY)]
    assert breaking("min_gap", *story) == set()
    assert breaking("min_gap", *story, touch("m2", NOON + 3 * DAY + 1)) == {"m3"}
    assert breaking("min_gap", *story, touch("m2", NOON + 3 * DAY)) == set()


def test_a_late_touch_takes_the_credit_of_the_one_before_it() -> None:
    """The reply is credited to the last touch before it; the attempt has its response still."""
    story = [touch("m1", NOON), reply("r1", NOON + 2 * DAY)]
    before, after = arrived(*story), arrived(*story, touch("m2", NOON + DAY))
    reply_key, m1, m2 = (("default", "linkedin", "a1", name) for name in ("r1", "m1", "m2"))
    assert before.replies[reply_key].credited_message_id == "m1"
    assert after.replies[reply_key].credited_message_id == "m2"
    assert (before.touches[m1].replied_at, after.touches[m1].replied_at) == (NOON + 2 * DAY, None)
    assert after.touches[m2].replied_at == NOON + 2 * DAY
    assert before.response_rates == after.response_rates == {(*SPRING, NOON): (1, 1, 0, 0)}


def test_one_batch_may_move_a_step_and_bring_the_reply() -> None:
    """A touch that is credited with a reply is judged anew when it became a late follow-up, too."""
    system = System()
    system.events([parsed(touch("m1", NOON)), parsed(touch("m3", NOON + 3 * DAY))])
    late = [touch("m2", NOON + 2 * DAY), reply("r1", NOON + 4 * DAY)]
    changes = system.events([parsed(event) for event in late]).changes
    assert {(ref.message.message_id, ref.rule.value) for ref in changes.violations} == {
        ("m2", "min_gap"),
        ("m3", "min_gap"),
    }


def test_a_late_reply_withdraws_what_no_longer_holds() -> None:
    """Touches after it are conversation: neither too many, nor too soon, nor in any rate."""
    story = [touch(f"m{n}", NOON + n * HOUR) for n in range(4)]
    late = reply("r1", NOON + HOUR - 1)
    assert breaking("min_gap", *story) == {"m1", "m2", "m3"}
    assert breaking("follow_up_limit", *story) == {"m3"}
    end = arrived(*story, late)
    assert end.violations == set()
    assert end.response_rates == {(*SPRING, NOON): (1, 1, 0, 0)}
    assert end.step_rates == {(*SPRING, 0, NOON): (1, 1, 0, HOUR // 1000 - 1)}
    assert [end.touches["default", "linkedin", "a1", f"m{n}"].step for n in range(4)] == [
        0,
        0,
        1,
        2,
    ]


def test_a_late_opener_moves_the_attempt_to_its_own_hour() -> None:
    """The attempt has hour and template of its opener, and the earlier opener is none any more."""
    story = [touch("m2", NOON + 3 * DAY, template_id="brief"), reply("r1", NOON + 4 * DAY)]
    late = touch("m1", NOON, template_id="warm")
    assert arrived(*story).response_rates == {
        (*SPRING[:4], "brief", NOON + 3 * DAY): (1, 1, 0, 0),
    }
    end = arrived(*story, late)
    assert end.response_rates == {(*SPRING[:4], "warm", NOON): (1, 1, 0, 0)}
    assert {row.attempt_started_at for row in end.touches.values()} == {NOON}


def test_a_late_touch_of_another_campaign_is_inherited_by_those_after_it() -> None:
    """Their attempts, steps and cells move to the campaign."""
    story = [touch("m1", NOON), touch("m3", NOON + 6 * DAY, campaign_id=None)]
    late = touch("m2", NOON + 3 * DAY, campaign_id="autumn")
    autumn = (*SPRING[:3], "autumn", "")
    assert arrived(*story).response_rates == {(*SPRING, NOON): (1, 0, 0, 0)}
    end = arrived(*story, late)
    assert end.response_rates == {
        (*SPRING, NOON): (1, 0, 0, 0),
        (*autumn, NOON + 3 * DAY): (1, 0, 0, 0),
    }
    assert end.step_rates == {
        (*SPRING, 0, NOON): (1, 0, 0, 0),
        (*autumn, 0, NOON + 3 * DAY): (1, 0, 0, 0),
        (*autumn, 1, NOON + 6 * DAY): (1, 0, 0, 0),
    }
    assert breaking("recontact_gap", *story, late) == {"m2"}


def test_a_late_acceptance_frees_the_touches_after_it() -> None:
    """A touch that said so in between was sent; the limit held before it only."""
    story = [touch(f"m{n}", NOON + 4 * n * DAY, platform="instagram") for n in range(4)]
    late = touch("n1", NOON + 5 * DAY, platform="instagram", creator_accepted=True)
    assert breaking("pre_accept_limit", *story) == {"m1", "m2", "m3"}
    assert breaking("pre_accept_limit", *story, late) == {"m1"}


def test_a_late_time_zone_moves_the_quiet_hours_after_it() -> None:
    """The latest zone given before a touch counts, whenever that came to be known."""
    story = [touch("m1", NOON), touch("m3", NOON + 6 * DAY)]
    late = touch("m2", NOON + 3 * DAY - 4 * HOUR, creator_timezone="Asia/Tokyo")
    assert breaking("quiet_hours", *story) == set()
    assert breaking("quiet_hours", *story, late) == {"m3"}


def test_a_message_becomes_a_reply_when_its_touch_arrives() -> None:
    """Until then it was an audience message; it is never both."""
    early = reply("r1", NOON + 1)
    key = ("default", "linkedin", "a1", "r1")
    assert arrived(early).audience_messages.keys() == {key}
    end = arrived(early, touch("m1", NOON))
    assert end.audience_messages == {}
    assert end.replies[key].credited_message_id == "m1"


def test_a_late_year_old_conversation_is_folded_like_any_other() -> None:
    """What an import brings from long ago stands where it belongs."""
    story = [touch("m1", NOON), reply("r1", NOON + DAY, body=OPT_OUT), touch("m2", NOON + 2 * DAY)]
    old = [
        touch("o1", NOON - 365 * DAY, campaign_id="gala"),
        reply("o2", NOON - 364 * DAY, body=POSITIVE),
    ]
    assert arrived(*story, *old) == model.compute([*old, *story], classify)
