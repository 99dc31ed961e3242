from __future__ import annotations

import pytest

from pipeline.copies import CopySettings, Scope, Wording, find_clusters, fold_copies, read_window
from pipeline.copies._sample import SAMPLE
from pipeline.events import Milliseconds
from tests.copies._sent import (
    CAMPAIGN,
    HOUR,
    MINUTE,
    OWN_PARTS,
    Sent,
    clusters_of,
    folded,
    merged,
    sizes,
    small,
    window_of,
)
from tests.folds._system import MemoryState

SMALL = small(sample=100, reserve=20)


def test_the_window_is_open_at_its_far_end() -> None:
    """A message counts from its moment on, and at exactly the window's age no longer."""
    at = 100 * HOUR
    state = folded([Sent(1, "hello there", at=at)])
    ends = [at - 1, at, at + 24 * HOUR - 1, at + 24 * HOUR]
    windows = [read_window(state, CAMPAIGN, Milliseconds(end)) for end in ends]
    assert [len(window.messages) for window in windows] == [0, 1, 1, 0]


def test_nothing_crosses_from_one_scope_to_another() -> None:
    """The same text in two campaigns is no cluster of either."""
    other = Scope("campaign", ("default", "autumn"))
    state = folded([Sent(1, merged("Anna")), Sent(2, merged("Bea"), scope=other)])
    for scope in (CAMPAIGN, other):
        assert find_clusters(read_window(state, scope, Milliseconds(0))) == ()


def test_a_small_window_is_exact() -> None:
    """Up to the size of the sample every message is there, and no figure is an estimate."""
    sent = [Sent(number, merged("Anna"), at=number * MINUTE) for number in range(100)]
    (cluster,) = clusters_of(sent, SMALL)
    assert (cluster.size, cluster.creators, cluster.burst) == (100, 100, 10)
    assert (cluster.error, cluster.share) == (0.0, 1.0)
    assert (cluster.first_at, cluster.last_at) == (0, 99 * MINUTE)


def test_a_large_window_is_estimated_within_its_error() -> None:
    """Size, creators and share of a cluster are near the truth, and the error is told."""
    copies = [Sent(number, merged("Anna"), at=number * 1000) for number in range(6_000)]
    own = [
        Sent(number, f"{number:b}".replace("0", "zero ").replace("1", "one "), at=number * 1000)
        for number in range(6_000, 10_000)
    ]
    cluster = clusters_of(copies + own, SMALL)[0]
    assert 0 < cluster.error < 0.15
    assert cluster.size == pytest.approx(6_000, rel=3 * cluster.error)
    assert cluster.creators == pytest.approx(6_000, rel=3 * cluster.error)
    assert cluster.share == pytest.approx(0.6, abs=0.15)
    assert cluster.burst == pytest.approx(600, rel=0.5)


def test_state_is_bounded_by_the_settings() -> None:
    """However many messages come, a bucket keeps a fixed number of them, in about as many bytes."""
    taken = []
    for count in (2_000, 8_000, 32_000):
        state = MemoryState()
        for start in range(0, count, 1_000):
            sent = (Sent(n, merged("Anna"), at=n % 8 * HOUR) for n in range(start, start + 1_000))
            fold_copies(state, [message.update() for message in sent], SMALL)
        kept = [len(sample.kept) for _, sample in state.scan(SAMPLE)]
        assert kept == [SMALL.capacity] * 2
        taken.append(sum(map(len, state.data.values())))
    assert max(taken) < 1.05 * min(taken)


def test_a_text_may_come_masked() -> None:
    """It makes no difference who masks a text."""
    update = Sent(1, merged("Anna"), creator_name="Anna").update()
    assert isinstance(update.wording, Wording)
    masked, plain = MemoryState(), MemoryState()
    fold_copies(plain, [update])
    fold_copies(masked, [update._replace(wording=update.wording.masked())])
    assert masked.data == plain.data


def test_a_window_keeps_all_messages_to_a_creator_or_none() -> None:
    """In a sample of a large window a creator who got two messages has both, but for the last."""
    sent = [
        Sent(number, "hello there", at=number, creator=f"c{number // 2}") for number in range(2_000)
    ]
    window = window_of(sent, SMALL)
    creators = [message.creator_id for message in window.messages]
    assert 95 <= len(creators) <= 100
    assert sum(creators.count(creator) == 1 for creator in creators) <= 1


def test_examples_are_to_different_creators_and_of_different_texts() -> None:
    """Three messages are shown as evidence, of as many texts as the cluster has."""
    bodies = [merged("Anna")] * 5 + [merged("Anna").replace("perfect", "great")] * 5
    (cluster,) = clusters_of([Sent(number, body) for number, body in enumerate(bodies)])
    assert len({example.creator_id for example in cluster.examples}) == 3
    assert len({example.text for example in cluster.examples}) == 2


def test_one_creator_alone_makes_no_cluster() -> None:
    """The same text again and again to one creator is no mail merge."""
    sent = [Sent(number, merged("Anna"), creator="c1") for number in range(5)]
    assert clusters_of(sent) == ()


def test_a_large_honest_campaign_has_no_large_cluster() -> None:
    """Many messages with an own part each stay single, however many there are to be alike."""
    words = " ".join(OWN_PARTS).replace(".", "").split()
    own = [
        " ".join(words[(start * step) % len(words)] for start in range(1, 15)) + ". "
        for step in range(1, 120)
    ]
    sent = [Sent(number, merged("Anna", part)) for number, part in enumerate(own)]
    assert sum(sizes(clusters_of(sent))) < len(sent) / 10


@pytest.mark.parametrize("name", ["window", "bucket", "sample", "reserve", "burst", "half_size"])
def test_settings_that_cannot_be_are_refused(name: str) -> None:
    """A setting of zero is an error that names it."""
    with pytest.raises(ValueError, match=f"^{name} must be more than 0, not 0$"):
        CopySettings(**{name: 0})
