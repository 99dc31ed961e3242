from __future__ import annotations

import pytest

from pipeline.signals import Context, Element, judge


def found(body: str, language: str) -> str | None:
    """Return the words that introduce somebody, or None where nothing does."""
    evidence = judge(body, Context(language=language)).elements.get(Element.INTRODUCTION)
    return evidence.words if evidence else None


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "Hi Zed, Otto from Quernstone (a mill by the sea). Interested?"),
        ("en", "We're Peltry, second-hand coats. Interested?"),
        ("en", "Hello, I'm with Tidemark, we map beaches."),
        ("en", "Quern & Daughter are millers in Fife."),
        ("en", "We have built an app called Lanternly. Interested?"),
        ("en", "It's Ida at Foxglove, no relation, a bakery in Leith."),
        ("en", "Big love from the Quern crew! We grind oats at night."),
        ("en", "Hi Zed, Ada from Quernstone writing, we're grinding oats by hand."),
        ("en", "I'm the curator of the Button Museum in Halifax."),
        ("en", "We make Pincer, a planner for lobsters."),
        ("en", "Heard of Pincer? It's the planner for lobsters."),
        ("en", "Hi Zed. Interested?\n\nAda Quern\nFounder, Quern Ceramics \u2013 cups for giants"),
        ("en", "Hi! Quern Yard. A brewery by the sea."),
        ("en", "Quern Hostels: eleven old stations with beds in them."),
        ("en", "We're Quern & Co. (the first in Fife), millers."),
        ("en", "Dear Zed, Quern & Daughter has mended umbrellas for years."),
        ("en", "We're Quern Mugs and we'd love to work with you."),
        ("en", "Quernstone's the name. Our firm carves sundials."),
        ("en", "We at Quernstone run a supper club."),
        ("en", "We opened our third bakery in May. That's us, Quernstone."),
        ("en", "The studio is called Quernstone. It's an escape room."),
        ("en", "Quernstone has been grinding oats since 1910."),
        ("en", "Quernstone opened its third bakery in May."),
        ("en", "A word from the people who publish Quernstone, the quarterly on mills."),
        ("en", "I coordinate the Quern Week, our town's festival of oats."),
        ("en", "I lead sales at Quernstone. We grind oats by hand."),
        ("en", "Otto from Quernstone. Quernstone the hospice, not the village."),
        ("en", "Erratum, our proofreading tool, would like a word."),
        ("en", "From our workshop in Leith: Quernstone, kites for giants."),
        ("en", "In Quernstone we are producing ropes."),
        ("en", "Hi, myself Otto. We look after four hundred beehives."),
        ("en", "It's Otto. We've got a tiny gym under a railway arch."),
        ("de", "Hallo Zoe, wir sind Quellstein, eine Mühle im Harz."),
        ("de", "Hallo Zoe, Otto von Quellstein hier, wir mahlen Dinkel."),
        ("es", "Hola Zoe, soy Olga, de Molino Quieto, harinas de montaña."),
        ("es", "Hola Zoe, en Molino Quieto molemos trigo."),
        ("fr", "Bonjour Zoé, ici Odile, du Moulin Calme, on moud du seigle."),
        ("pt", "Olá Zoé, sou a Olga, da Moinho Calmo, farinhas da serra."),
    ],
)
def test_a_name_and_what_it_is_introduce(language: str, body: str) -> None:
    """A name with a description, a deed or a clause behind it introduces in each language."""
    assert found(body, language)


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "Hi Zed, it's Otto from Quernstone, still hoping for an answer."),
        ("en", "We're Peltry and we'd love to work with you."),
        ("en", "Hi Zed, would you come to Leith, please?"),
        ("en", "Your goat called Gerald is lovely."),
        ("en", "I'm a huge fan of Quernstone, who grind oats."),
        ("en", "I'm Otto and our brand would love to work with you."),
        ("en", "It's Otto, we met at the fair. Interested?"),
        ("en", "Hi, I'm Otto, 34, and a bit nervous."),
        ("en", "Hi Zed, it's Otto from Quernstone. We watched the goat."),
        ("en", "Two goats: the other should win."),
        ("en", "Hi Zed, Quernstone wants you."),
        ("en", "I'm Otto, brand manager at Quernstone. We'd love to talk."),
        ("en", "I do partnerships at Quernstone. Spring is when we plan."),
        ("en", "My name is Otto and I do your workouts nightly."),
        ("en", "Our neighbours at Quernstone, the distillery, told us of you."),
        ("en", "I see you're represented by Quernstone, the agency."),
        ("en", "Our CFO claims that he did not cry."),
        ("en", "I'm a teacher from Leith and your page makes my Mondays."),
        ("en", "Football creators tend to shout."),
        ("en", "Kind regards, Otto Quern, Foxglove & Son"),
        ("en", "Hi Otto! We search ambassadors for the winter."),
        ("de", "Hallo Zoe, wir sind begeistert und würden gern mit dir arbeiten."),
        ("es", "Hola Zoe, soy Olga, me encantaría colaborar contigo."),
        ("fr", "Bonjour Zoé, je suis Odile, vous auriez un moment ?"),
        ("pt", "Olá Zoé, sou a Olga, você tem interesse?"),
    ],
)
def test_a_name_and_a_wish_do_not(language: str, body: str) -> None:
    """What comes behind a name must say what it is, not what is wanted."""
    assert found(body, language) is None


def test_the_words_that_introduce_are_shown() -> None:
    """The evidence is the name as it was written, with what leads to it."""
    assert found("Hi! We're QUERN & SON, millers.", "en") == "We're QUERN & SON"
