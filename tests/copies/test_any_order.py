"""Clusters are a function of the set of messages: order, doubling, batches make no difference."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from pipeline.copies import (
    CopyUpdate,
    Lockstep,
    Window,
    find_clusters,
    find_lockstep,
    fold_copies,
    read_window,
)
from pipeline.copies._clusters import Cluster
from pipeline.events import Milliseconds
from tests.copies._sent import CAMPAIGN, HOUR, MINUTE, OWN_PARTS, Sent, folded, merged, small
from tests.folds._system import MemoryState

SETTINGS = small(window=6 * HOUR, bucket=2 * HOUR, sample=3, reserve=4, fewest_in_step=1)
BODIES = (
    merged("Anna"),
    merged("Bea").replace("perfect", "great"),
    merged("Cem").upper(),
    *(merged("Dora", own) for own in OWN_PARTS[:2]),
    "Thank you so much!",
    "",
)
Seen = list[tuple[Window, tuple[Cluster, ...], tuple[Lockstep, ...]]]


def messages() -> st.SearchStrategy[list[Sent]]:
    """Draw messages over a few hours: more than a bucket keeps, and than a reading rests on."""
    return st.lists(
        st.builds(
            Sent,
            number=st.integers(0, 10_000),
            body=st.sampled_from(BODIES),
            at=st.integers(0, 50).map(lambda step: step * 3 * MINUTE),
            creator=st.integers(0, 12).map("c{}".format),
            account=st.sampled_from(("a1", "a2")),
        ),
        min_size=12,
        max_size=40,
        unique_by=lambda sent: sent.number,
    )


def seen(state: MemoryState) -> Seen:
    """Return all that is read of the scope, at moments over the whole time."""
    found = []
    for hour in range(10):
        window = read_window(state, CAMPAIGN, Milliseconds(hour * HOUR), SETTINGS)
        clusters = find_clusters(window, SETTINGS)
        found.append((window, clusters, find_lockstep(window, clusters, SETTINGS)))
    return found


def in_batches(data: st.DataObject, updates: Iterable[CopyUpdate]) -> MemoryState:
    """Fold updates in batches of any size, some of them twice."""
    state = MemoryState()
    batch: list[CopyUpdate] = []
    for update in updates:
        batch.extend([update] * data.draw(st.integers(1, 2)))
        if data.draw(st.booleans()):
            fold_copies(state, batch, SETTINGS)
            batch = []
    fold_copies(state, batch, SETTINGS)
    return state


@given(messages(), st.data())
def test_order_doubling_and_batches_change_nothing(sent: list[Sent], data: st.DataObject) -> None:
    """The same messages give the same state, windows, clusters and lockstep, however they come."""
    expected = folded(sent, SETTINGS)
    shuffled = data.draw(st.permutations(sent))
    state = in_batches(data, [message.update() for message in shuffled])
    assert state.data == expected.data
    assert seen(state) == seen(expected)


@given(messages(), st.data())
def test_what_is_withdrawn_was_never_there(sent: list[Sent], data: st.DataObject) -> None:
    """With fewer withdrawals than the reserve, what is read is that of the messages that stay."""
    count = data.draw(st.integers(0, min(len(sent), SETTINGS.reserve - 1)))
    gone = set(data.draw(st.permutations(sent))[:count])
    waiting = {
        message: deque(
            [message.update(), *([message.update(gone=True)] if message in gone else [])]
        )
        for message in sent
    }
    turns = [message for message, updates in waiting.items() for _ in updates]
    updates = [waiting[message].popleft() for message in data.draw(st.permutations(turns))]
    stayed = [message for message in sent if message not in gone]
    assert seen(in_batches(data, updates)) == seen(folded(stayed, SETTINGS))


@given(messages(), st.data())
def test_a_message_moves(sent: list[Sent], data: st.DataObject) -> None:
    """A message that gets another time, creator or text is read as if it always had these."""
    (was, becomes), rest = data.draw(st.permutations(sent * 2))[:2], sent
    now = Sent(was.number, becomes.body, becomes.at, becomes.creator, was.account)
    updates = [message.update() for message in rest]
    updates += [was.update(gone=True), now.update()]
    expected = [message for message in sent if message.number != was.number] + [now]
    assert seen(in_batches(data, updates)) == seen(folded(expected, SETTINGS))


def test_all_withdrawn_leaves_nothing() -> None:
    """A bucket whose messages are all gone leaves no key behind."""
    sent = [Sent(number, BODIES[0]) for number in range(3)]
    state = folded(sent)
    fold_copies(state, [message.update(gone=True) for message in sent])
    assert state.data == {}
