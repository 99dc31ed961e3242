from __future__ import annotations

import pytest

from pipeline.signals import Context, Element, judge

OPENER = Context(language="en")


def found(element: Element, body: str, context: Context = OPENER) -> str | None:
    """Return the words that show an element, or None where it is missing."""
    evidence = judge(body, context).elements.get(element)
    return evidence.words if evidence else None


@pytest.mark.parametrize(
    "body",
    [
        "I'm Ruth from Larkpan, we make pans.",
        "Ruth here, from Larkpan. We sell pans.",
        "This is Ruth at Larkpan, a small pottery studio.",
        "Larkpan makes pans that last.",
        "At Larkpan we build bikes.",
        "my name is ruth and we roast coffee",
    ],
)
def test_introductions_are_found(body: str) -> None:
    """A name and a trade introduce a brand, in one sentence or in two."""
    assert found(Element.INTRODUCTION, body)


@pytest.mark.parametrize(
    "body",
    [
        "I'm Ruth from Larkpan.",
        "We make pans.",
        "Our brand would love to meet you.",
        "We are looking for a new brand face.",
        "I am writing from my desk about our company.",
    ],
)
def test_half_an_introduction_is_none(body: str) -> None:
    """A name alone, a trade alone and "our brand" say not who is writing."""
    assert found(Element.INTRODUCTION, body) is None


@pytest.mark.parametrize(
    "body",
    [
        "Your video about curing egg yolks was great.",
        "The reel where you rescued a skillet!",
        "I love how you turned a barn into a studio.",
        "Your one-bag wardrobe is wonderful.",
        "Loved the sourdough tutorial.",
    ],
)
def test_references_are_found(body: str) -> None:
    """What could not be said to everyone is a reference."""
    assert found(Element.CONTENT_REFERENCE, body)


@pytest.mark.parametrize(
    "body",
    [
        "I love your page and your amazing content.",
        "Your posts about fashion and lifestyle are so inspiring.",
        "Mia, your videos are great, Mia.",
        "Your audience would adore our turmeric latte.",
        "Could you send your address to our Berlin studio?",
        "your video about {{topic}} was great",
    ],
)
def test_praise_is_no_reference(body: str) -> None:
    """Praise for everyone, the name, and what is the brand's own are none."""
    assert (
        found(Element.CONTENT_REFERENCE, body, Context(language="en", creator_name="Mia")) is None
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Your sourdough diary is great.", "sourdough diary"),
        ("Loved your video about diving in Egypt!", None),
        ("We'd love for you to try our sourdough.", None),
        ("So much sourdough, and such diaries!", "sourdough … diaries"),
        ("Your page is great.", None),
    ],
)
def test_content_is_compared_with(body: str, words: str | None) -> None:
    """Where the creator's content is known, a reference shares rare words with it."""
    context = Context(language="en", creator_content=("My sourdough diary, day 12",))
    shown = found(Element.CONTENT_REFERENCE, body, context)
    assert shown == words


def test_content_in_another_language_contradicts_nothing() -> None:
    """Where content and message are in different languages, the message is read by itself."""
    context = Context(language="en", creator_content=("Привет, это наша кухня",))
    assert found(Element.CONTENT_REFERENCE, "Your video about curing yolks was great.", context)


@pytest.mark.parametrize(
    "body",
    [
        "We'd love to work with you.",
        "Would you be open to a collaboration?",
        "You would be a great fit for our team.",
        "I'm keen to partner with you.",
        "We are looking for creators like you.",
    ],
)
def test_interest_is_found(body: str) -> None:
    """A wish to work together is interest, also as a question."""
    assert found(Element.INTEREST, body)


@pytest.mark.parametrize("body", ["I love your work.", "Have a great day.", "We have news."])
def test_praise_is_no_interest(body: str) -> None:
    """Praise and greetings are none."""
    assert found(Element.INTEREST, body) is None


@pytest.mark.parametrize(
    "body",
    [
        "Could we have a call?",
        "Please send me your media kit.",
        "Interested? Reply here.",
        "What would you charge?",
        "Let me know if you like it.",
        "May I post you a sample?",
    ],
)
def test_asks_are_found(body: str) -> None:
    """A call, a media kit, a sample and a plain answer can be asked for."""
    assert found(Element.ASK, body)


@pytest.mark.parametrize("body", ["We are a bakery.", "Your video was great.", "Goodbye for now."])
def test_a_statement_asks_for_nothing(body: str) -> None:
    """What wants no answer is no ask."""
    assert found(Element.ASK, body) is None


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("to tess@northfold.example please", "tess@northfold.example"),
        ("tess at northfold dot example", "tess at northfold dot example"),
        ("tess (at) northfold (dot) example", "tess (at) northfold (dot) example"),
        ("tess[at]northfold.example", "tess[at]northfold.example"),
        ("Tess at Northfold.example", "Tess at Northfold.example"),
        ("tess arroba northfold punto example", "tess arroba northfold punto example"),
        ("a\u200b@northfold.example", "a\u200b@northfold.example"),
    ],
)
def test_addresses_are_found(body: str, words: str) -> None:
    """An e-mail address is found however it is spelt."""
    assert found(Element.CONTACT_EMAIL, body) == words


@pytest.mark.parametrize(
    "body", ["@northfold", "look at the dot there", "our shop at glow.com", "5 at home", "a@b"]
)
def test_other_signs_are_no_address(body: str) -> None:
    """Handles, places and half an address are none."""
    assert found(Element.CONTACT_EMAIL, body) is None


@pytest.mark.parametrize(
    "body",
    [
        "Quick one: a brewery?",
        "We sew kites. Up for it?",
        "Hi, how are you? Would Monday suit?",
        "Kindly revert.",
        "A short answer would be most welcome.",
        "Share media kit to us, please.",
    ],
)
def test_a_question_is_an_ask(body: str) -> None:
    """Any question that wants an answer is one thing to do next."""
    assert found(Element.ASK, body)


@pytest.mark.parametrize(
    "body",
    [
        "Hi, how are you?",
        "Looking for the perfect kite? We sew them.",
        'You said "why me?" to a goat.',
        "All about it: larkpan.example/kites?ref=goat",
    ],
)
def test_small_talk_is_no_ask(body: str) -> None:
    """Small talk, advertising, what is quoted and links ask for nothing."""
    assert found(Element.ASK, body) is None


@pytest.mark.parametrize(
    "body",
    [
        "A partnership between us would be great.",
        "Let's join up.",
        "We are on the lookout for partners.",
        "Isn't it time we teamed up?",
        "Could it be you?",
        "Would you host one for us?",
        "Let's make something together.",
        "We invite you to cooperate.",
        "A tie-up, maybe.",
    ],
)
def test_a_wish_of_any_shape_is_interest(body: str) -> None:
    """A wish to do something together is found by what is wished for."""
    assert found(Element.INTEREST, body)


@pytest.mark.parametrize(
    "body",
    [
        "I do partnerships at Northfold.",
        "Our collaboration with the potter is out on Friday.",
        "How does one get you on the phone?",
    ],
)
def test_a_partnership_of_others_is_no_interest(body: str) -> None:
    """Jobs and past work that are named so wish for nothing."""
    assert found(Element.INTEREST, body) is None
