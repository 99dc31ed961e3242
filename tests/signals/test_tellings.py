from __future__ import annotations

import pytest

from pipeline.signals import Context, Element, SignalCode, judge


def refers(body: str, language: str = "en", name: str = "") -> bool:
    """Say whether a message is found to refer to the creator's content."""
    context = Context(language=language, creator_name=name)
    return Element.CONTENT_REFERENCE in judge(body, context).elements


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "You carried a wardrobe up a volcano. Shall we talk?"),
        ("en", "I laughed at the badger in a bonnet."),
        ("en", "The lobster in the bathtub. Shall we talk?"),
        ("en", "Hi Zed, the lobster in the bathtub, wow."),
        ("en", "So the submarine was a wheelbarrow all along."),
        ("en", "Hi Zed, on that advice I put the cactus in the fridge."),
        ("en", '"Three trains, one lobster" is the best of all.'),
        ("en", "Thanks for testing our toaster with a lobster."),
        ("en", "You wear the same sombrero in all of them."),
        ("en", "You carve lobsters with a breadknife."),
        ("en", "Nobody else on this app weighs lobsters with a ruler."),
        ("en", "Bold of you to marry a lobster."),
        ("en", "Day 9, with the lobster in a bonnet that followed you, is my favourite."),
        ("en", "Loved the one with the lobster."),
        ("en", "You wear odd mittens in every clip."),
        ("en", "I noticed that you always salute the lobster."),
        ("de", "Dass du den Hummer in der Badewanne gefilmt hast, war groß."),
        ("es", "Metiste una langosta en la bañera."),
        ("fr", "Vous avez caché un homard dans la baignoire."),
        ("pt", "Puseste ou não, mas filmaste uma lagosta na banheira."),
    ],
)
def test_what_the_creator_did_is_a_reference(language: str, body: str) -> None:
    """Deeds, reactions and scenes refer to content that is not named."""
    assert refers(body, language)


@pytest.mark.parametrize(
    "body",
    [
        "If you wanted a lobster, we have one.",
        "Would you like to try our lobster?",
        "We're Pincer, a lobster shack in a bathtub factory.",
        "Hi Zed, we sell lobsters in bathtubs.",
        "The app counts lobsters and bathtubs.",
        "Our chef burnt the lobster in the bathtub.",
        '"Lobsters in bathtubs" is our motto.',
        "I have run out of lobsters and bathtubs.",
        "Pincer opened its third lobster shack on a barge.",
        "Think of a bathtub, but for lobsters.",
        "You passed 40,000 followers.",
        "Your neighbourhood lobster shack would love to work with you.",
        "Have a look at lobster-bathtub.com for the rest.",
        "Hello from the back of a lobster shack on the barge.",
        "We are a small place on the barge, with bathtubs.",
        "I live two streets from the lobster shack on the barge.",
        "Three people, eleven crocks, one patient landlord.",
        "The lobster scene on barges needs people like you.",
        "The shack was founded in 1911 by a bootmaker of lobsters.",
        "I've watched everything that you put out, twice.",
        "Have you met Lobsterina?",
        "The lobster pots freeze here in January and the barges wait.",
        "I see that you're represented by Lobsterina.",
        "Your reel about vegetables was inspiring.",
        "From sketch to lobster, you always take the barge.",
    ],
)
def test_what_we_do_is_none(body: str) -> None:
    """What is asked, offered or said of oneself refers to nothing, nor do the words of a link."""
    assert not refers(body)


def test_a_name_makes_no_scene() -> None:
    """The creator's own name is not what makes a sentence special."""
    assert refers("You did a wardrobian.")
    assert not refers("You did a wardrobian.", name="Wardrobian")


@pytest.mark.parametrize(
    ("code", "body"),
    [
        (SignalCode.RATE_IN_FIRST_MESSAGE, "You paid $12 for a haunted wardrobe. Shall we talk?"),
        (SignalCode.RATE_IN_FIRST_MESSAGE, 'Your "$12 wardrobe" is haunted. Shall we talk?'),
        (SignalCode.BRIEF_IN_FIRST_MESSAGE, 'You shouted "no later than noon" at a goat.'),
        (SignalCode.INFORMAL_TONE, 'You shouted "gonna" at a goat.'),
        (SignalCode.COPY_PASTE, "Dear creator, you carried a wardrobe up a volcano."),
    ],
)
def test_what_is_told_is_no_mistake(code: SignalCode, body: str) -> None:
    """Sums, demands and slang in what the creator did or said are not the sender's."""
    codes = {signal.code for signal in judge(body, Context(language="en")).signals}
    assert code not in codes


def test_what_is_offered_beside_it_is_one() -> None:
    """A reference in another sentence, or a wish before the sum, excuses nothing."""
    for offer in ("We pay $12 for it.", "We'd love to work with you for $12."):
        judged = judge(f"You carried a wardrobe up a volcano. {offer}", Context(language="en"))
        assert SignalCode.RATE_IN_FIRST_MESSAGE in {signal.code for signal in judged.signals}
