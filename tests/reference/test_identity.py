from dataclasses import replace
from itertools import permutations

import pytest

from tests.reference._story import NOON, derive, reply, steps, touch, touches
from tests.reference.model import HOUR


def test_a_redelivered_event_counts_once() -> None:
    """The same event three times is one touch."""
    sent = touch("m1", NOON)
    assert derive(sent, sent, sent) == derive(sent)


def test_the_earliest_event_about_a_message_counts() -> None:
    """Of two events about one message the earlier gives the row all its fields."""
    early = touch("m1", NOON, event_id="z", body="first")
    late = touch("m1", NOON + 1, event_id="a", body="second", type="follow_up")
    assert touches(late, early)["m1"].body == "first"
    assert touches(late, early)["m1"].sent_at == NOON


def test_the_smaller_event_id_counts_at_one_time() -> None:
    """Event ids break a tie by code point: capitals come first, and ten before nine."""
    for smaller, larger in (("B", "a"), ("10", "9"), ("z", "é"), ("\uff5e", "\U0001f600")):
        one = touch("m1", NOON, event_id=smaller, body="smaller")
        other = touch("m1", NOON, event_id=larger, body="larger")
        assert touches(other, one)["m1"].body == "smaller"


def test_a_message_moves_to_the_creator_of_its_earliest_event() -> None:
    """A late-come earlier event takes the message out of the other conversation."""
    wrong = touch("m1", NOON + 1, event_id="e2", creator_id="c1")
    right = touch("m1", NOON, event_id="e1", creator_id="c2")
    follow_up = touch("m2", NOON + HOUR, creator_id="c1")
    assert steps(wrong, follow_up) == {"m1": 0, "m2": 1}
    assert steps(wrong, follow_up, right) == {"m1": 0, "m2": 0}
    assert touches(wrong, right)["m1"].creator_id == "c2"


def test_a_message_turns_from_touch_to_reply_with_its_earliest_event() -> None:
    """The earliest event about a message says whether it is inbound at all."""
    opener = touch("m0", NOON)
    as_touch = touch("m1", NOON + 2, event_id="e2")
    as_reply = reply("m1", NOON + 1, event_id="e1")
    result = derive(opener, as_touch, as_reply)
    assert {key[3] for key in result.touches} == {"m0"}
    assert {key[3] for key in result.replies} == {"m1"}


def test_one_message_id_in_two_accounts_is_two_messages() -> None:
    """A message id means nothing outside its workspace, platform and account."""
    sent = touch("m1", NOON)
    others = [
        replace(sent, account_id="a2"),
        replace(sent, platform="x"),
        replace(sent, workspace="north"),
    ]
    assert len(derive(sent, *others).touches) == 4


def test_a_send_request_is_no_message() -> None:
    """A request with the id of a touch and an earlier time changes nothing."""
    sent = touch("m1", NOON)
    request = touch("m1", NOON - 1, event_id="e0", type="send_request")
    assert derive(sent, request) == derive(sent)
    assert not derive(request).touches


def test_the_order_of_arrival_means_nothing() -> None:
    """Every order of one story gives the same end state."""
    story = [
        touch("m1", NOON),
        touch("m2", NOON + HOUR, campaign_id=None),
        reply("m3", NOON + HOUR, event_id="m1x"),
        touch("m2", NOON + 2 * HOUR, event_id="later", creator_id="c2"),
    ]
    expected = derive(*story)
    assert all(derive(*order) == expected for order in permutations(story))


def test_two_events_with_one_id_are_refused() -> None:
    """An event id that an account bears twice has no right answer."""
    with pytest.raises(ValueError, match="bear the id 'm1'"):
        derive(touch("m1", NOON), touch("m2", NOON, event_id="m1"))
