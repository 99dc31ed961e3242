import pytest

from pipeline.replies import ReplyClass, classify


@pytest.mark.parametrize(
    "body",
    [
        "don't contact me",
        "don\u2019t contact me",
        "don\u00b4t contact me",
        "dont contact me",
        "DON'T CONTACT ME",
        "".join(chr(ord(letter) + 0xFEE0) for letter in "DON'T") + " contact me",
        "don't contact " + "".join(chr(0x1D41A + ord(letter) - ord("a")) for letter in "me"),
        "d\u200bon't con\u200dtact m\u2060e",
        "don't  contact\n\tme",
        "dont conatct me",
        "do not contactt me",
        "DONT CONTACT MEEEE",
    ],
)
def test_the_look_of_words_does_not_matter(body: str) -> None:
    """The same words are read in any script variant, with slips and without apostrophes."""
    assert classify(body) is ReplyClass.OPT_OUT


@pytest.mark.parametrize(
    ("body", "plain"),
    [
        ("Não me mande mais mensagem", "Nao me mande mais mensagem"),
        ("Désabonnez-moi", "desabonnez moi"),
        ("Hört auf damit", "Hoert auf damit"),
        ("Cuéntame más", "cuentame mas"),
        ("Ça m\u2019intéresse", "ca minteresse"),
    ],
)
def test_accents_may_be_left_out(body: str, plain: str) -> None:
    """A text has the same class with its accents and umlauts as without."""
    assert classify(body) is classify(plain) is not ReplyClass.NEUTRAL


@pytest.mark.parametrize("body", ["", " \n", "👍", "🛑🛑", "❤️‍🔥", "?!", "...", "@northfold", "42"])
def test_without_words_it_is_neutral(body: str) -> None:
    """Emoji, marks, a handle or a number alone say nothing."""
    assert classify(body) is ReplyClass.NEUTRAL


@pytest.mark.parametrize(
    "body",
    [
        "can't stop thinking about it",
        "it's been non-stop here",
        "see you at the pit stop",
        "I'm blocking out my calendar for it",
        "can you remove the discount code from the brief?",
        "Reply STOP to unsubscribe from these automated notices.",
    ],
)
def test_the_words_of_an_opt_out_are_not_one(body: str) -> None:
    """Idioms that hold the words of an opt-out are not taken for one."""
    assert classify(body) is not ReplyClass.OPT_OUT


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("love it but please don't contact me again", ReplyClass.OPT_OUT),
        ("no thanks, and take me off your list", ReplyClass.OPT_OUT),
        ("I'm on holiday until Monday. Not interested anyway.", ReplyClass.NEGATIVE),
        ("On leave until May, but I'd love to hear more", ReplyClass.OUT_OF_OFFICE),
        ("Who is this? Sounds good though", ReplyClass.POSITIVE),
    ],
)
def test_the_first_class_in_order_counts(body: str, expected: ReplyClass) -> None:
    """Where several classes fit, the reply has the first in the order of `ReplyClass`."""
    assert classify(body) is expected
