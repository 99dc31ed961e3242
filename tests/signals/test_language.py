from __future__ import annotations

import pytest

from pipeline.signals import Context, Element, SignalCode, judge

UNKNOWN = "Ciao! Ci piacerebbe lavorare con te, sei bravissima e il tuo profilo è bello."


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ("Would you like to work with us?", "en"),
        ("hey girl!! luv ur vibe", "en"),
        ("Möchtest du mit uns arbeiten?", "de"),
        ("¿Te gustaría trabajar con nosotros?", "es"),
        ("Aimerais-tu travailler avec nous ?", "fr"),
        ("Você gostaria de trabalhar com a gente?", "pt"),
        (UNKNOWN, "it"),
        ("Zou je met ons willen samenwerken?", "nl"),
        ("Привет, как дела?", "ru"),
        ("Привіт, дуже подобається ваша їжа", "uk"),
        ("一緒に仕事をしませんか", "ja"),
        ("안녕하세요", "ko"),
        ("你好我们很喜欢你的视频", "zh"),
        ("", "und"),
        ("xqzt wvutsr", "und"),
        ("🔥", "und"),
    ],
)
def test_languages_are_named(body: str, language: str) -> None:
    """A text's language is named by its little words or its script, or is undetermined."""
    assert judge(body).language == language


def test_a_given_language_wins() -> None:
    """Where the language is known, it is not guessed; regions do not matter."""
    assert judge("Interested?", Context(language="pt-BR")).language == "pt"


def test_another_language_is_judged_by_what_it_shares() -> None:
    """Without a lexicon only what is not bound to a language counts, and nothing else is missed."""
    judgement = judge(f"{UNKNOWN} Guarda https://a.example !!! paolo@rossa.example")
    assert {signal.code for signal in judgement.signals} == {SignalCode.LINK, SignalCode.SHOUTING}
    assert set(judgement.elements) == {Element.CONTACT_EMAIL}
    assert judgement.unjudged == set(Element) - {Element.CONTACT_EMAIL}
    assert judgement.quality.score == 70


def test_known_content_is_compared_in_any_language() -> None:
    """Words shared with the creator's content are a reference in a language without a lexicon."""
    context = Context(creator_content=("Il mio forno a legna", "Pane di castagne"))
    body = "Ciao, il tuo pane di castagne nel forno a legna è bello e ci piace."
    assert Element.CONTENT_REFERENCE in judge(body, context).elements


def test_the_language_of_chats_is_english_too() -> None:
    """A text without a single whole sentence is judged, and what is wrong with it is named."""
    body = "hey hun!! luv ur content, we pay $500 per reel, lmk asap"
    judgement = judge(body)
    assert judgement.language == "en"
    codes = {signal.code for signal in judgement.signals}
    assert {"informal_tone", "rate_in_first_message", "no_content_reference"} <= codes
