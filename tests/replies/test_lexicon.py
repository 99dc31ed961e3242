from collections.abc import Mapping
from typing import Any

import pytest

from pipeline.replies._classes import ReplyClass
from pipeline.replies._classifier import judge
from pipeline.replies._lexicon import build_lexicon
from pipeline.replies._phrases import Notation
from pipeline.replies._spelling import misspellings


def _matches(phrase: str, text: str, groups: Mapping[str, str] | None = None) -> bool:
    language = {"phrases": {"opt_out": [phrase]}, "groups": groups or {}}
    return judge(text, build_lexicon([language])) is ReplyClass.OPT_OUT


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("stop it", "please stop it now"),
        ("(stop|quit that) it", "quit that it"),
        ("stop [all] it", "stop it"),
        ("stop [all] it", "stop all it"),
        ("stop _ it", "stop the it"),
        ("stop ... it", "stop it"),
        ("stop ... it", "stop one two three it"),
        ("stop spam*", "stop spamming"),
        ("^ stop $", "hi. stop! bye"),
        ("stop .", "stop"),
        ("stop ?", "stop?"),
        ("stop . now", "stop. now"),
    ],
)
def test_a_phrase_matches(phrase: str, text: str) -> None:
    """Each sign of the notation means what its description says."""
    assert _matches(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("stop it", "stop. it"),
        ("stop it", "nonstop item"),
        ("stop _ it", "stop it"),
        ("stop ... it", "stop one two three four it"),
        ("stop ... it", "stop. one it"),
        ("^ stop $", "do stop it"),
        ("stop .", "stop?"),
        ("stop ?", "stop!"),
    ],
)
def test_a_phrase_does_not_match(phrase: str, text: str) -> None:
    """A phrase stays within its words and its sentence."""
    assert not _matches(phrase, text)


def test_a_group_stands_for_its_alternatives() -> None:
    """A group is written once and used by its name."""
    assert _matches("stop <contacting> me", "stop dming me", {"contacting": "messaging|dming"})


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("stop (it", "is not closed"),
        ("stop it)", "closes nothing"),
        ("stop <what>", "there is no group 'what'"),
        ("... stop", "must begin with a definite word"),
        ("[stop]", "must begin with a definite word"),
        ("", "must begin with a definite word"),
        ("stop please", "is a filler"),
    ],
)
def test_a_malformed_phrase_is_refused(phrase: str, why: str) -> None:
    """A phrase that could never match as meant is an error that names it."""
    notation = Notation({"stop": "stop", "it": "it", "please": ""}.__getitem__, {})
    with pytest.raises(ValueError, match=why):
        notation.read(phrase)


def test_a_new_language_is_one_more_file() -> None:
    """What a language file says is all that is needed to know the language."""
    italian: dict[str, Any] = {
        "fillers": ["perfavore"],
        "spelling": {"nn": "non"},
        "misspelt": ["scrivermi"],
        "groups": {"write": "scrivermi|contattarmi"},
        "phrases": {"opt_out": ["non <write> più"]},
    }
    lexicon = build_lexicon([italian])
    assert lexicon.spelling.normalise("NN perfavore scirvermi piu") == ". non scrivermi piu . "
    assert judge("NN perfavore scirvermi piu", lexicon) is ReplyClass.OPT_OUT
    assert judge("please stop", lexicon) is ReplyClass.NEUTRAL


def test_the_longest_phrase_counts() -> None:
    """An idiom keeps its words from shorter phrases, and only from those."""
    lexicon = build_lexicon([{"phrases": {"idioms": ["can not stop"], "opt_out": ["stop"]}}])
    assert judge("can not stop", lexicon) is ReplyClass.NEUTRAL
    assert judge("can not stop. stop", lexicon) is ReplyClass.OPT_OUT


def test_an_opt_out_inside_of_another_answer_is_heard() -> None:
    """The words of another class do not hide an opt-out, as they hide the classes after them."""
    lexicon = build_lexicon(
        [{"phrases": {"positive": ["love you to stop"], "opt_out": ["stop"], "negative": ["you"]}}]
    )
    assert judge("love you to stop", lexicon) is ReplyClass.OPT_OUT


def test_languages_may_not_contradict_each_other() -> None:
    """Two meanings for one way of writing are an error, not a silent choice."""
    languages = [{"spelling": {"ne": meant}, "phrases": {}} for meant in ("nein", "non")]
    with pytest.raises(ValueError, match="'ne' has two spellings"):
        build_lexicon(languages)


def test_slips_of_the_finger() -> None:
    """Neighbours swapped and letters doubled; missing ones only where the word stays plain."""
    assert {"stpo", "sstop", "stopp"} <= set(misspellings("stop"))
    assert "stp" not in set(misspellings("stop"))
    assert "unsubcribe" in set(misspellings("unsubscribe"))
