from __future__ import annotations

import pytest

from pipeline.alerts import Alert, Notice
from pipeline.notify import trial_notice
from pipeline.notify._plain import inert, one_line, plain
from pipeline.notify._wording import worded
from tests.notify._notices import NOON, alert, notice, resolved, updated


def test_an_alert_in_words() -> None:
    """This is what people read, whatever brings it to them."""
    words = worded(notice())
    assert words.title == "Spam risk 87 of 100: campaign spring, workspace northfold"
    assert words.text() == (
        "Open since 2026-11-24 12:00 UTC. The campaign is paused.\n"
        "\n"
        "- 48 of 51 openers were copies of one text.\n"
        "\n"
        "instagram, northfold.outdoor to creator-0, 2026-11-24 11:59 UTC:\n"
        "  > Hi Ana! Love your page.\n"
        "\n"
        f"Alert a-1, notice {notice().key}\n"
    )


@pytest.mark.parametrize(
    ("told", "title", "state"),
    [
        (updated(1, risk=93), "Spam risk now 93 of 100: campaign spring", "Open since 2026-11-24"),
        (
            resolved(2),
            "Resolved, spam risk 12 of 100: campaign spring",
            "Was open from 2026-11-24 ",
        ),
        (alert(campaign=""), "Spam risk 87 of 100: no campaign", "Open since"),
    ],
)
def test_each_change_is_told_apart(told: Alert, title: str, state: str) -> None:
    """The first words say what has happened."""
    words = worded(notice(told))
    assert words.title.startswith(title)
    assert words.state.startswith(state)


def test_whoever_hears_only_of_the_end_is_told_so() -> None:
    """Nobody need look for a notice that never came."""
    key = notice().key
    assert "may not have heard" in worded(Notice(key, resolved(2))).state
    assert "may not have heard" not in worded(Notice(key, resolved(2), first=False)).state


def test_a_test_says_that_nothing_is_wrong() -> None:
    """Nobody gets up for it."""
    words = worded(trial_notice("on-call", NOON))
    assert words.title.startswith("TEST - ")
    assert "Nothing is wrong" in words.state


def test_two_tests_are_two() -> None:
    """A receiver that knows keys takes the second one, too."""
    assert trial_notice("on-call", NOON).key != trial_notice("on-call", NOON).key


def test_long_evidence_is_cut() -> None:
    """Ten sentences are shown, and how many there are besides."""
    words = worded(notice(alert(evidence=tuple(f"Sentence {each}." for each in range(14)))))
    assert words.evidence[9:] == ("Sentence 9.", "4 more")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one\r\ntwo\rthree\x00\x1b[31m", "one\ntwo\nthree[31m"),
        ("\u202eabc\u2066\u200f\u2028", "abc"),
        ("\ud800surrogate", "surrogate"),
        (
            "\N{WOMAN}\u200d\N{PERSONAL COMPUTER} naïve 漢字",
            "\N{WOMAN}\u200d\N{PERSONAL COMPUTER} naïve 漢字",
        ),
        ("x" * 50, "x" * 19 + "…"),
        ("", ""),
    ],
)
def test_plain_text_has_nothing_hidden_in_it(text: str, shown: str) -> None:
    """Letters and emoji stay; what moves the cursor, turns the line round or is no letter goes."""
    assert plain(text, 20) == shown


def test_a_line_is_one_line() -> None:
    """All white space is a space."""
    assert one_line(" a\n\tb\u2028c\x0b d ", 20) == "a b c d"


@pytest.mark.parametrize(
    "text",
    ["tess@northfold.example", "3 < 4", "a [b] (c)", "at 12:00/13:00", "Hi @ noon", ""],
)
def test_what_is_no_markup_stays(text: str) -> None:
    """Only what would begin something is parted, and addresses can still be copied."""
    assert inert(text).replace("<\u200b", "<") == text
