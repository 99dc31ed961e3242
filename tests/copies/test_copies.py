"""What is a copy, and what is not."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from pipeline.copies import KnownCopies, Wording, mask
from tests.copies._sent import OWN_PARTS, clusters_of, merged, sizes, to_each

NAMES = ("Anna", "Bea", "Carlos", "Dmitri", "Elif", "Farah", "Greta", "Hiro")
PLAIN = merged("Anna")
DISGUISED = {
    "a word swapped": PLAIN.replace("perfect", "wonderful"),
    "another word swapped": PLAIN.replace("interested", "up for it and keen"),
    "synonyms": PLAIN.replace("love", "adore")
    .replace("content", "page")
    .replace("perfect fit", "great match")
    .replace("campaign", "launch"),
    "emoji": PLAIN.replace(" a ", " \u2728a\U0001f60d ").replace("you ", "you\U0001f525 "),
    "spaces": PLAIN.replace("brand", "br and").replace("content", "c o n t e n t"),
    "look-alikes": PLAIN.replace("o", "\u043e").replace("e", "\u0435"),
    "zero-width": PLAIN.replace("r", "r\u200b"),
    "capitals": PLAIN.upper(),
    "leet": PLAIN.replace("content", "c0nt3nt").replace("spring", "spr1ng"),
    "another address": PLAIN.replace("tess@northfold.example", "jo@elsewhere.example"),
}


@pytest.mark.parametrize("body", DISGUISED.values(), ids=DISGUISED)
def test_a_disguised_copy_is_in_the_cluster(body: str) -> None:
    """One evasion does not take a message out of the cluster of its text."""
    assert sizes(clusters_of(to_each([PLAIN, body]))) == [2]


@pytest.mark.parametrize("filler", ["\u200b", "\n", " ", "!", "\u2728", "\u200d\u2728 ", "7."])
def test_nothing_that_masking_drops_hides_what_comes_after_it(filler: str) -> None:
    """A message is compared by its words, however much stands before them that says nothing."""
    behind = filler * 18_000
    bodies = [PLAIN, f"{behind[:2_001]}{PLAIN}", f"{behind[:19_000]}{PLAIN}"]
    assert sizes(clusters_of(to_each(bodies))) == [3]


def test_of_a_long_body_a_bounded_text_is_compared() -> None:
    """Its masked words up to a number of characters, without a space at the end."""
    masked = Wording("We love it. " * 1_600, "Anna").masked()
    assert masked == ("we love it " * 200)[:2_000].rstrip()
    assert Wording("\u200b" * 2_001).masked() == ""


def test_all_disguises_are_one_cluster() -> None:
    """Copies that are each disguised in another way are found to be one text."""
    assert sizes(clusters_of(to_each([PLAIN, *DISGUISED.values()]))) == [1 + len(DISGUISED)]


def test_a_mail_merge_with_names_is_one_cluster() -> None:
    """A template in which the name alone differs is copies, whether the name was given or not."""
    assert sizes(clusters_of(to_each([merged(name) for name in NAMES]))) == [len(NAMES)]


def test_sentences_moved_or_left_out_make_no_part_of_ones_own() -> None:
    """What some copies lack and others have is in the text: all of them are one cluster."""
    first, *others = PLAIN.split(". ")
    bodies = [
        ". ".join((first, *others[:at], *others[at + 1 :])).replace("Anna", NAMES[at])
        for at in range(len(others))
    ]
    bodies += [". ".join((first, *reversed(others))), PLAIN]
    assert sizes(clusters_of(to_each(bodies))) == [len(bodies)]


def test_synonyms_in_rotation_are_shared_by_several() -> None:
    """Copies that differ in every third word are one cluster when others have these words, too."""
    bodies = [
        PLAIN.replace("love", one).replace("content", one_of).replace("spring campaign", theme)
        for one, one_of, theme in product(
            ("love", "adore"), ("content", "page"), ("spring campaign", "autumn launch")
        )
    ]
    assert sizes(clusters_of(to_each(bodies))) == [len(bodies)]


def test_what_is_said_to_one_creator_twice_is_still_ones_own() -> None:
    """A part of one's own is not shared because its creator got it again in other words."""
    own = [merged("Anna", each) for each in OWN_PARTS]
    again = [body.replace("perfect", "good").replace("details", "plan") for body in own]
    sent = [replace(each, creator=f"c{each.number % len(own)}") for each in to_each([*own, *again])]
    assert clusters_of(sent) == ()


def test_a_template_with_a_part_of_ones_own_is_no_copy() -> None:
    """Messages that share a template, but each have a sentence of their own, make no cluster."""
    assert clusters_of(to_each([merged("Anna", own) for own in OWN_PARTS])) == ()


def test_what_is_put_together_of_common_phrases_can_be_ones_own() -> None:
    """Eight beginnings and eight ends, each in eight messages, make hardly a pair of copies."""
    halves = [part.strip().split(" ") for part in OWN_PARTS]
    pairs = [
        f"{' '.join(one[: len(one) // 2])} {' '.join(other[len(other) // 2 :])} "
        for one, other in product(halves, halves)
    ]
    found = sizes(clusters_of(to_each([merged("Anna", own) for own in pairs])))
    assert max(found, default=0) < 12


def test_the_own_part_tells_honest_from_merged_in_one_campaign() -> None:
    """Where some messages of a template have an own part, the cluster is the others."""
    bodies = [merged("Anna", own) for own in OWN_PARTS] + [merged(name) for name in NAMES]
    (cluster,) = clusters_of(to_each(bodies))
    assert cluster.size == len(NAMES)
    assert {int(member.message_id[1:]) for member in cluster.members} == set(range(8, 16))
    assert cluster.share == 0.5


def test_different_templates_are_different_clusters() -> None:
    """Two texts of one campaign, each sent to several, are two clusters."""
    other = (
        "Dear {}, Quiet Orchard presses organic juice since 1982. May we post a mixed crate for "
        "you to try at home, no strings attached? Just answer with the best address."
    )
    bodies = [merged(name) for name in NAMES[:3]] + [other.format(name) for name in NAMES[:5]]
    assert sizes(clusters_of(to_each(bodies))) == [5, 3]


@pytest.mark.parametrize("body", ["", "\u2728", "123", "ok", "\u4f60\u597d", "Danke!"])
def test_short_texts_are_compared_as_a_whole(body: str) -> None:
    """A text too short to have parts is a copy of an equal one only, and without words of none."""
    clusters = clusters_of(to_each([body, body, "Thanks a lot!"]))
    assert sizes(clusters) == ([2] if mask(body) else [])


def test_a_language_without_latin_letters_has_copies_too() -> None:
    """Texts in Japanese that differ in a word are copies; with an own sentence they are none."""
    template = (
        "こんにちは、{}私たちはリーズの小さなアウトドアブランドです。"
        "春のキャンペーンに参加しませんか。"
    )
    own = "先週の山登りの動画で犬が橋を渡る場面がとても好きで何度も家族と一緒に見返しました。"
    bodies = [template.format(""), template.format("").replace("小さな", "若い")]
    assert sizes(clusters_of(to_each([*bodies, template.format(own)]))) == [2]


def test_known_copies_are_recognised() -> None:
    """Any further message is found in its cluster, disguised or not, and others are not."""
    clusters = clusters_of(to_each([merged(name) for name in NAMES]))
    known = KnownCopies(clusters)
    for body in (merged("Zoe"), *DISGUISED.values()):
        assert known.find(mask(body, "Zoe")) is clusters[0]
    for own in OWN_PARTS:
        assert known.find(mask(merged("Zoe", own), "Zoe")) is None
    assert known.find(mask("")) is None


def test_without_clusters_nothing_is_known() -> None:
    """Where there is no cluster, no text is a copy."""
    assert KnownCopies(()).find(mask(PLAIN)) is None
