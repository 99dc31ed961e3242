from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.conversation import Conversation, Entry, order, walk
from pipeline.events import MessageId
from tests.conversation._story import NOON, conversation, received, sent


def test_messages_stand_in_their_order_however_they_came() -> None:
    """A message that comes late is put where it belongs, at the front, too."""
    one, two, three = sent("m1", NOON), received("r1", NOON + 1), sent("m2", NOON + 2)
    there = conversation(two)
    assert there.changed(without=set(), plus=[three]).entries == (two, three)
    assert there.changed(without=set(), plus=[one]).entries == (one, two)
    assert there.changed(without=set(), plus=[three, one]).entries == (one, two, three)


def test_an_empty_conversation_takes_its_first_messages_in_any_order() -> None:
    """Two that come at once are sorted, although nothing is there to compare them with."""
    one, two = sent("m1", NOON), sent("m2", NOON + 1)
    assert conversation(two, one).entries == (one, two)


def test_a_message_of_the_same_time_stands_by_its_event_id() -> None:
    """A late message with the smaller id goes before the one that is there."""
    later, earlier = sent("m1", NOON, event_id="b"), sent("m2", NOON, event_id="a")
    assert conversation(later).changed(without=set(), plus=[earlier]).entries == (earlier, later)


def test_what_is_taken_out_is_gone() -> None:
    """A message that is told anew is taken out and put in again at its new place."""
    one, two = sent("m1", NOON), sent("m2", NOON + 1)
    moved = sent("m2", NOON - 1)
    there = conversation(one, two)
    assert there.changed(without={MessageId("m2")}, plus=[]).entries == (one,)
    assert there.changed(without={MessageId("m2")}, plus=[moved]).entries == (moved, one)
    assert there.entries == (one, two)


@st.composite
def _entries(draw: st.DrawFn) -> list[Entry]:
    moments = draw(st.lists(st.integers(0, 9), max_size=12))
    return [
        (sent if draw(st.booleans()) else received)(f"m{number}", NOON + moment)
        for number, moment in enumerate(moments)
    ]


@given(_entries(), st.data())
def test_one_by_one_or_all_at_once_makes_no_difference(
    entries: list[Entry], data: st.DataObject
) -> None:
    """A conversation is a function of the set of its messages."""
    arrived = data.draw(st.permutations(entries))
    there = Conversation()
    for entry in arrived:
        there = there.changed(without=set(), plus=[entry])
    assert there == conversation(*entries)
    assert list(there.entries) == sorted(entries, key=order)


@given(_entries())
def test_every_message_has_its_facts(entries: list[Entry]) -> None:
    """A walk says something of each message, in order, and of nothing else."""
    in_order = conversation(*entries).entries
    found = walk(in_order)
    said = [facts.sent for facts in found.touches] + [facts.received for facts in found.inbound]
    assert sorted(said, key=order) == list(in_order)
