from typing import Protocol

import pytest

from pipeline.replies import ReplyClass

LANGUAGES = ("english", "french", "german", "portuguese", "spanish")


class Judged(Protocol):
    """What these tests need of a judged reply."""

    part: str
    language: str
    text: str
    expected: ReplyClass
    found: ReplyClass


def _accuracy(judged: list[Judged]) -> float:
    return sum(each.found is each.expected for each in judged) / len(judged)


def _opt_out_recall(judged: tuple[Judged, ...], part: str) -> float:
    return _accuracy(
        [each for each in judged if each.part == part and each.expected is ReplyClass.OPT_OUT]
    )


def test_the_set_is_broad(judged: tuple[Judged, ...]) -> None:
    """The set holds every class in every language and part, and no text twice."""
    cells = {(each.part, each.language, each.expected) for each in judged}
    assert len(cells) == 2 * len(LANGUAGES) * len(ReplyClass)
    assert len({each.text for each in judged}) == len(judged) >= 600
    assert sum(each.language == "english" for each in judged) >= 300


def test_no_known_opt_out_is_missed(judged: tuple[Judged, ...]) -> None:
    """Every opt-out that the lexicons were tuned on is found."""
    assert _opt_out_recall(judged, "tuned") == 1.0


def test_unknown_opt_outs_are_seldom_missed(judged: tuple[Judged, ...]) -> None:
    """Nearly every opt-out that the lexicons were never tuned on is found."""
    assert _opt_out_recall(judged, "held_out") >= 0.97


@pytest.mark.parametrize(("part", "floor"), [("tuned", 0.98), ("held_out", 0.97)])
def test_nearly_all_classes_are_right(judged: tuple[Judged, ...], part: str, floor: float) -> None:
    """The share of right classes stays above its floor in either part."""
    assert _accuracy([each for each in judged if each.part == part]) >= floor


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_is_left_behind(judged: tuple[Judged, ...], language: str) -> None:
    """The share of right classes stays above its floor in each language."""
    assert _accuracy([each for each in judged if each.language == language]) >= 0.95


@pytest.mark.parametrize("part", ["tuned", "held_out"])
def test_an_opt_out_is_seldom_imagined(judged: tuple[Judged, ...], part: str) -> None:
    """Of the replies found to be opt-outs, nearly all are."""
    found = [each for each in judged if each.part == part and each.found is ReplyClass.OPT_OUT]
    assert _accuracy(found) >= 0.98
