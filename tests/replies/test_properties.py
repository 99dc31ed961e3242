import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.replies import ReplyClass, classify

PROSE = st.lists(
    st.sampled_from(
        [
            *("stop", "sending", "me", "block", "your", "report", "list", "remove", "from", "the"),
            *("not", "interested", "love", "this", "yes", "no", "thanks", "please", "never"),
            *("again", "contact", "message", "dms", "bitte", "nicht", "mehr", "schreib", "mir"),
            *("para", "de", "ne", "plus", "m'écrire", "não", "mande", "out", "of", "office"),
            *("until", "monday", "my", "rate", "is", "300", "€", "a@b.example", ".", "?", "!"),
        ]
    ),
    max_size=30,
).map(" ".join)
BODIES = st.one_of(st.text(), PROSE, st.text(alphabet=string.printable))
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
OPT_OUTS = (
    "Please stop messaging me.",
    "Don't contact me again",
    "unsubscribe",
    "Take me off your list!",
    "I'll block you",
    "Bitte schreibt mir nicht mehr.",
    "No me escriban más",
    "Ne m'écrivez plus.",
    "Não me mande mais mensagem",
)


@given(BODIES)
def test_any_text_has_a_class(body: str) -> None:
    """Whatever a creator writes, a class is found and nothing is raised."""
    assert classify(body) in ReplyClass


@given(BODIES, st.data())
def test_capitals_do_not_matter(body: str, data: st.DataObject) -> None:
    """The class is the same whichever ASCII letters are capitals."""
    shouted = "".join(
        letter.swapcase() if letter in string.ascii_letters and data.draw(st.booleans()) else letter
        for letter in body
    )
    assert classify(shouted) is classify(body)


@given(BODIES, st.integers(min_value=1, max_value=5), st.sampled_from(ZERO_WIDTH))
def test_invisible_characters_do_not_matter(body: str, every: int, invisible: str) -> None:
    """The class is the same with zero-width characters strewn in anywhere."""
    pieces = [body[start : start + every] for start in range(0, len(body), every)]
    assert classify(invisible + invisible.join(pieces) + invisible) is classify(body)


@given(BODIES, st.text(alphabet=" \t\n\r\u00a0\u3000"), st.text(alphabet=" \t\n\r\u00a0\u3000"))
def test_surrounding_space_does_not_matter(body: str, before: str, after: str) -> None:
    """The class is the same however much white space surrounds the text."""
    assert classify(before + body + after) is classify(body)


@given(BODIES, st.sampled_from(OPT_OUTS), st.sampled_from(["\n", ".\n", "! ", "? ", ". ", "\n\n"]))
def test_an_opt_out_after_anything_is_one(body: str, opt_out: str, between: str) -> None:
    """An explicit opt-out is heard in a sentence of its own, whatever stands before it."""
    assert classify(body + between + opt_out) is ReplyClass.OPT_OUT


@given(st.sampled_from(OPT_OUTS), st.sampled_from(["\n", ". ", "! "]), BODIES)
def test_an_opt_out_before_anything_is_one(opt_out: str, between: str, body: str) -> None:
    """An explicit opt-out is heard in a sentence of its own, whatever follows it."""
    assert classify(opt_out + between + body) is ReplyClass.OPT_OUT


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "stop ",
        "not ",
        "a.",
        "a@",
        "1,",
        "'",
        "stop to ",
        "not you ",
        "no ",
        "!",
        "\u0301",
        "x ",
    ],
)
def test_hostile_bodies_are_judged(unit: str) -> None:
    """A body of the greatest length that repeats what patterns begin with comes to an end."""
    body = unit * (20_000 // len(unit))
    assert classify(body + "\nplease stop messaging me") is ReplyClass.OPT_OUT
