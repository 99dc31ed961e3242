from __future__ import annotations

import pytest

from pipeline.signals import AdditionsError, Context, Element, SignalCode, judge, read_additions

OPENER = Context(language="en")


def test_words_are_added() -> None:
    """An agency's phrases, common words, groups and spellings hold beside the shipped ones."""
    standards = read_additions(
        """
        [en]
        common = ["turmeric"]
        spelling = { kollab = "collab" }
        groups = { thing = "kiln|wheel" }
        [en.phrases]
        interest = ["share our <thing>"]
        idioms = ["babe wines"]
        """,
        "mine.toml",
    )
    assert Element.INTEREST in judge("Come share our kiln.", OPENER, standards).elements
    assert Element.INTEREST in judge("We'd love to kollab.", OPENER, standards).elements
    assert Element.INTEREST in judge("We'd love to work with you.", OPENER, standards).elements
    reference = "Your turmeric video is great."
    assert Element.CONTENT_REFERENCE in judge(reference, OPENER).elements
    assert Element.CONTENT_REFERENCE not in judge(reference, OPENER, standards).elements


def test_words_are_kept_from_the_rest() -> None:
    """An idiom of the agency's is no slang any more."""
    standards = read_additions('[en.phrases]\nidioms = ["hun market"]', "mine.toml")
    body = "we met at the hun market"
    assert SignalCode.INFORMAL_TONE in {one.code for one in judge(body, OPENER).signals}
    assert SignalCode.INFORMAL_TONE not in {
        one.code for one in judge(body, OPENER, standards).signals
    }


def test_weights_and_thresholds_are_set() -> None:
    """What a mistake takes, and from where on it is one, can be changed; the rest stays."""
    standards = read_additions(
        "[weights.mistakes]\nemoji_flood = 50\n[thresholds]\nemoji = 3\n", "mine.toml"
    )
    body = "🔥🔥🔥 " + "word " * 40
    judgement = judge(body, Context(step=1, language="en"), standards)
    assert [signal.code for signal in judgement.signals] == [SignalCode.EMOJI_FLOOD]
    assert judgement.quality.score == 50
    assert standards.weights.mistakes[SignalCode.LINK] > 0


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[en", "this is no TOML"),
        pytest.param(
            "en = " + "1" * 5_000,
            "this is no TOML (a number of too many digits)",
            id="a number that cannot be read",
        ),
        pytest.param(
            "[thresholds]\nemoji = 0x" + "f" * 5_000,
            "thresholds.emoji is a number of too many digits; allowed: a whole number",
            id="a number that cannot be shown",
        ),
        ("[xx]", "xx is an unknown key"),
        (
            "[en.phrases]\nintrest = ['a']",
            "en.phrases.intrest is an unknown key (did you mean interest?)",
        ),
        ("[en.phrases]\nask = 'a'", "en.phrases.ask is 'a'; allowed: a list of texts"),
        ("[en.phrases]\nask = ['(a']", "en.phrases: phrase '(a'"),
        ("[en.phrases]\nask = ['<nothing> b']", "there is no group 'nothing'"),
        ("[en]\ncommon = [1]", "en.common is [1]; allowed: a list of texts"),
        ("[en]\nspelling = { a = 1 }", "en.spelling is {'a': 1}; allowed: texts by name"),
        ("en = 1", "en is 1; allowed: a table"),
        ("[weights.mistakes]\nlink = -1", "weights.mistakes.link is -1; allowed: a whole number"),
        ("[weights.elements]\nask = true", "weights.elements.ask is True; allowed: a whole number"),
        ("[thresholds]\nemoji = 0", "thresholds.emoji is 0; allowed: a whole number from 1 to 100"),
    ],
)
def test_problems_name_their_key(text: str, problem: str) -> None:
    """A lexicon file that cannot be used is refused with every problem, by file and key."""
    with pytest.raises(AdditionsError) as refused:
        read_additions(text, "mine.toml")
    assert problem in str(refused.value)
    assert all(line.startswith("mine.toml: ") for line in refused.value.problems)


def test_all_problems_are_told() -> None:
    """One reading names them all."""
    with pytest.raises(AdditionsError) as refused:
        read_additions("[en]\ncommon = 1\n[thresholds]\nemojis = 2\n", "mine.toml")
    assert len(refused.value.problems) == 2
