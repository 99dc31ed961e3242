"""What several clusters of a window come to."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.copies import Copies, copies_in, find_clusters
from tests.copies._sent import MINUTE, OWN_PARTS, Sent, small, window_of

TEXTS = [f"{part}{part}" for part in OWN_PARTS]
SLOWLY = 5 * MINUTE


def by_turns(counts: Sequence[int]) -> list[Sent]:
    """Return so many messages of each text, in turn, each to another creator."""
    order = sorted(
        (number / count, text) for text, count in enumerate(counts) for number in range(count)
    )
    return [Sent(n, TEXTS[text], at=n * SLOWLY) for n, (_, text) in enumerate(order)]


def copies_of(sent: Sequence[Sent]) -> Copies | None:
    """Return the copies among messages."""
    window = window_of(sent)
    return copies_in(window, find_clusters(window))


def score_of(sent: Sequence[Sent]) -> float:
    """Return how grave they are."""
    copies = copies_of(sent)
    return 0.0 if copies is None else copies.score


def test_without_clusters_there_are_none() -> None:
    """Where each text was sent once there are no copies."""
    assert copies_of(by_turns([1, 1, 1])) is None


def test_one_text_alone_is_its_cluster() -> None:
    """The copies of a window with one cluster have the numbers of that cluster."""
    window = window_of(by_turns([9, 1, 1]))
    (cluster,) = find_clusters(window)
    copies = copies_in(window, [cluster])
    assert copies is not None
    assert copies.texts == 1
    for name in ("size", "creators", "share", "first_at", "last_at", "error", "examples"):
        assert getattr(copies, name) == getattr(cluster, name)
    assert copies.score > cluster.score


def test_the_more_of_a_window_is_copies_the_graver() -> None:
    """Nine copies among twenty others are less grave than nine alone."""
    others = [Sent(100 + n, f"{chr(97 + n) * 9} this is said once", at=n) for n in range(20)]
    assert score_of([*by_turns([9]), *others]) < score_of(by_turns([9]))


def test_four_texts_by_turns_are_graver_than_each() -> None:
    """Their numbers are those of all four, with an example of three of them."""
    sent = by_turns([10, 10, 10, 10])
    copies = copies_of(sent)
    assert copies is not None
    assert (copies.texts, copies.size, copies.creators, copies.share) == (4, 40, 40, 1.0)
    assert len({example.text for example in copies.examples}) == 3
    assert 2 * score_of(by_turns([10, 1, 1, 1])) < copies.score < score_of(by_turns([40]))


def test_a_text_among_honest_ones_is_told_alone() -> None:
    """Texts that are sent seldom add nothing to the one that is sent often."""
    copies = copies_of([*by_turns([30]), *(each for each in twice_each(40) if each.number >= 30)])
    assert copies is not None
    assert (copies.texts, copies.size) == (1, 30)


def twice_each(messages: int) -> list[Sent]:
    """Return so many messages, of which two and two say the same."""
    return [
        Sent(n, " ".join([f"{chr(97 + n // 2 % 26) * 9}{chr(97 + n // 52) * 5}"] * 4), at=n)
        for n in range(messages)
    ]


def test_many_texts_twice_each_are_no_mail_merge() -> None:
    """Fifty chance pairs come to no more than one."""
    assert score_of(twice_each(100)) == pytest.approx(score_of(twice_each(2)), abs=1.0)
    assert score_of(twice_each(100)) < 5


@given(st.lists(st.integers(1, 12), min_size=1, max_size=len(TEXTS)), st.data())
def test_another_copy_of_a_text_that_is_sent_often_is_never_less_grave(
    counts: list[int], data: st.DataObject
) -> None:
    """Whichever of these texts is sent once more, the score does not fall."""
    sent = by_turns(counts)
    often = [text for text, count in enumerate(counts) if count > 1 + len(sent) / 16]
    if often:
        more = TEXTS[data.draw(st.sampled_from(often))]
        another = Sent(1_000, more, at=len(sent) * SLOWLY)
        assert score_of(sent) <= score_of([*sent, another]) + 1e-9


def test_numbers_of_a_large_window_are_estimated() -> None:
    """Of four texts to six hundred creators, a sample tells within its error, and says so."""
    sent = [Sent(n, TEXTS[n % 4], at=n * MINUTE // 4) for n in range(600)]
    settings = small(sample=200)
    window = window_of(sent, settings)
    copies = copies_in(window, find_clusters(window, settings), settings)
    assert copies is not None
    assert 0.0 < copies.error < 0.1
    assert abs(copies.size - 600) <= 3 * copies.error * 600
    assert copies.texts == 4
