from pipeline.accounts import AccountChanges
from tests.folds._drawn import parsed
from tests.folds._story import arrived, breaking, policy, steps
from tests.folds._system import System
from tests.reference._story import NOON, OPT_OUT, POSITIVE, reply, touch
from tests.reference.model import DAY, HOUR

LINKEDIN = ("default", "linkedin", "a1")


def test_of_several_events_about_one_message_the_smallest_counts() -> None:
    """A larger one, by time or else by id, changes nothing; a smaller one replaces it."""
    first = touch("m1", NOON, event_id="b", body="first")
    for other, counts in (
        (touch("m1", NOON + 1, event_id="a", body="other"), "first"),
        (touch("m1", NOON, event_id="c", body="other"), "first"),
        (touch("m1", NOON, event_id="a", body="other"), "other"),
        (touch("m1", NOON - 1, event_id="z", body="other"), "other"),
    ):
        end = arrived(first, other)
        assert [row.body for row in end.touches.values()] == [counts]
        assert len(end.step_rates) == 1


def test_of_two_events_that_bear_one_id_one_counts_whichever_came_first() -> None:
    """No source should send them; if one does, the end is the same in any order all the same."""
    for kind in (touch, reply):
        told = [kind("m1", NOON, event_id="e", body=body) for body in ("one", "two", "three")]
        end = arrived(*told)
        bodies = [row.body for row in end.touches.values()]
        bodies += [row.body for row in end.audience_messages.values()]
        assert bodies == ["one"]


def test_a_message_that_moves_to_another_creator_leaves_nothing_behind() -> None:
    """Steps close up where it was, and open up where it is."""
    story = [
        touch("m1", NOON),
        touch("m2", NOON + 3 * DAY),
        touch("m3", NOON + 6 * DAY),
        touch("k1", NOON, creator_id="c2"),
    ]
    moves = touch("m2", NOON + 3 * DAY, event_id="a", creator_id="c2")
    assert steps(*story) == {"m1": 0, "m2": 1, "m3": 2, "k1": 0}
    assert steps(*story, moves) == {"m1": 0, "m2": 1, "m3": 1, "k1": 0}
    end = arrived(*story, moves)
    assert end.touches[*LINKEDIN, "m2"].creator_id == "c2"
    assert end.response_rates == {(*LINKEDIN, "spring", "", NOON): (2, 0, 0, 0)}
    assert end.step_rates == {
        (*LINKEDIN, "spring", "", 0, NOON): (2, 0, 0, 0),
        (*LINKEDIN, "spring", "", 1, NOON + 3 * DAY): (1, 0, 0, 0),
        (*LINKEDIN, "spring", "", 1, NOON + 6 * DAY): (1, 0, 0, 0),
    }


def test_a_violation_moves_with_its_message() -> None:
    """Too soon for the one creator, it is the first touch to the other."""
    story = [touch("m1", NOON), touch("m2", NOON + HOUR)]
    moves = touch("m2", NOON + HOUR, event_id="a", creator_id="c2")
    assert breaking("min_gap", *story) == {"m2"}
    assert breaking("min_gap", *story, moves) == set()
    assert breaking("min_gap", *story, moves, touch("k1", NOON, creator_id="c2")) == {"m2"}


def test_an_opener_that_moves_leaves_the_attempt_to_the_next_touch() -> None:
    """The attempt begins with what is left of it."""
    story = [
        touch("m1", NOON, template_id="warm"),
        touch("m2", NOON + 3 * DAY, template_id="brief"),
    ]
    moves = touch("m1", NOON - DAY, template_id="warm", creator_id="c2")
    assert arrived(*story, moves).response_rates == {
        (*LINKEDIN, "spring", "warm", NOON - DAY): (1, 0, 0, 0),
        (*LINKEDIN, "spring", "brief", NOON + 3 * DAY): (1, 0, 0, 0),
    }


def test_a_touch_that_was_a_reply_is_one_no_more() -> None:
    """Its row, its step and its cell are withdrawn; as a reply it begins a new streak."""
    story = [touch("m1", NOON), touch("m2", NOON + DAY), touch("m3", NOON + 4 * DAY)]
    told = reply("m2", NOON + DAY, event_id="a", body=POSITIVE)
    end = arrived(*story, told)
    assert {key[3]: row.phase for key, row in end.touches.items()} == {
        "m1": "outreach",
        "m3": "conversation",
    }
    assert end.replies[*LINKEDIN, "m2"].credited_message_id == "m1"
    assert end.response_rates == {(*LINKEDIN, "spring", "", NOON): (1, 1, 1, 0)}
    assert breaking("min_gap", *story) == {"m2"}
    assert breaking("min_gap", *story, told) == set()


def test_a_reply_that_was_a_touch_is_one_no_more() -> None:
    """It credits nothing, and the touch after it is a follow-up again."""
    story = [touch("m1", NOON), reply("m2", NOON + DAY, body=OPT_OUT), touch("m3", NOON + 4 * DAY)]
    told = touch("m2", NOON + DAY, event_id="a")
    assert breaking("opted_out", *story) == {"m3"}
    end = arrived(*story, told)
    assert end.replies == {}
    assert steps(*story, told) == {"m1": 0, "m2": 1, "m3": 2}
    assert breaking("opted_out", *story, told) == set()


def test_a_reply_that_moves_to_a_creator_who_was_not_written_to_is_for_the_audience() -> None:
    """Without a touch before it in its conversation it is no reply, nor are two rows left."""
    story = [touch("m1", NOON), reply("r1", NOON + DAY)]
    moves = reply("r1", NOON + DAY, event_id="a", creator_id="c2")
    end = arrived(*story, moves)
    assert end.replies == {}
    assert {key[3]: row.creator_id for key, row in end.audience_messages.items()} == {"r1": "c2"}
    assert end.touches[*LINKEDIN, "m1"].replied_at is None


def test_a_message_may_move_there_and_back() -> None:
    """Of three events about it the smallest counts, though it names the first creator again."""
    end = arrived(
        touch("m1", NOON, event_id="c"),
        touch("m1", NOON, event_id="b", creator_id="c2"),
        touch("m1", NOON, event_id="a"),
    )
    assert [(row.creator_id, row.event_id) for row in end.touches.values()] == [("c1", "a")]


def test_a_message_may_move_to_where_its_batch_has_been_already() -> None:
    """Whichever of the two conversations is looked at first, the message is where it is now."""
    first = [touch("m1", NOON), touch("m2", NOON + 1), reply("r1", NOON + 2, body=OPT_OUT)]
    there = touch("k1", NOON, creator_id="c2")
    moves = [
        touch("m2", NOON + 1, event_id="a", creator_id="c2"),
        reply("r1", NOON + 2, event_id="b", creator_id="c2", body=OPT_OUT),
    ]
    capped = policy(campaign_daily_cap=0, account_daily_cap=0)
    expected = arrived(*first, there, *moves, capped)
    for second in ([there, *moves], [*moves, there]):
        system = System()
        system.policy(capped)
        for batch in (first, second):
            system.events([parsed(event) for event in batch])
            system.settle()
        assert system.result() == expected
    assert expected.touches[*LINKEDIN, "m2"].creator_id == "c2"
    assert {key[3] for key in expected.violations if key[4] == "campaign_daily_cap"} == {
        "m1",
        "m2",
        "k1",
    }


def test_a_message_that_moves_in_time_takes_its_place_in_the_day_along() -> None:
    """Its old hour is empty, and its old day no longer counts it."""
    first = touch("m1", NOON)
    moved = touch("m1", NOON - 5 * DAY)
    assert arrived(first, moved).step_rates == {
        (*LINKEDIN, "spring", "", 0, NOON - 5 * DAY): (1, 0, 0, 0)
    }


def test_an_event_counts_once_however_often_it_is_delivered() -> None:
    """What was folded before, or lost to a smaller event, is counted as repeated."""
    first = parsed(touch("m1", NOON, event_id="b"))
    larger = parsed(touch("m1", NOON, event_id="c"))
    smaller = parsed(touch("m1", NOON, event_id="a"))
    system = System()
    assert system.events([first]).repeated == 0
    before = system.state()
    for again in ([first], [larger], [first, larger, first]):
        folded = system.events(again)
        assert (folded.repeated, folded.changes) == (len(again), AccountChanges.none())
    assert system.state() == before
    assert system.events([larger, smaller, smaller]).repeated == 2


def test_nothing_is_kept_of_a_conversation_without_messages() -> None:
    """A creator whom nobody wrote to has none, and an hour that was left has no cells."""
    moved, never = System(), System()
    moved.events([parsed(touch("m1", NOON, event_id="b", creator_id="c2"))])
    for system in (moved, never):
        system.events([parsed(touch("m1", NOON - HOUR, event_id="a"))])
        system.settle()
    assert moved.state() == never.state()
