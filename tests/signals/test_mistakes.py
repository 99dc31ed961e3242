from __future__ import annotations

import pytest

from pipeline.signals import Context, SignalCode, judge

OPENER = Context(language="en")


def found(code: SignalCode, body: str, context: Context = OPENER) -> str | None:
    """Return the words that show a signal, or None where it is not found."""
    signals = {signal.code: signal for signal in judge(body, context).signals}
    return signals[code].evidence.words if code in signals else None


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("We can offer $1,500 for it.", "We can offer $1,500"),
        ("It pays 200 EUR.", "pays 200 EUR"),
        ("You are welcome to ₱9,000 of it.", "₱9,000"),
        ("You get 12% commission.", "You get 12% commission"),
        ("We will pay you well.", "We will pay you"),
        ("You earn up to 50 a week.", "earn up to"),
        ("We have a budget for this.", "We have a budget for"),
        ("The budget is 1.5k all in.", "The budget is 1.5k all in"),
        ("A flat 400 is yours.", "A flat 400"),
        ("We can spare a small budget for it.", "spare a small budget for"),
        ("Our remuneration is fixed at 25,000 naira.", "Our remuneration is fixed … 25,000 naira"),
        ("You keep a fifth of whatever they spend.", "keep a fifth of whatever"),
    ],
)
def test_money_is_found(body: str, words: str) -> None:
    """A sum, a commission, a budget and an offer to pay are money in an opener."""
    assert found(SignalCode.RATE_IN_FIRST_MESSAGE, body) == words


@pytest.mark.parametrize(
    "body",
    [
        "What are your rates?",
        "What is your fee for a piece like that?",
        "Could you send us your rate card for the 3 of us?",
        "At any rate, your list of 40 birds adds up to a fine year.",
        "I saw your video about living on $20 a day in Hanoi.",
        "You raised $4,000 for the lifeboat.",
        "You ran 42 km in 3:59 on 12 May 2025, and it paid off.",
        "Your budget meals for students pay tribute to lentils.",
        "The European Commission would be jealous.",
        "Our budget is still open, so what would you ask for?",
        "Our hall seats 300, and 95% of them come back.",
        "Our mugs are 18 pounds and worth every penny.",
        "Entry is 5 euros, and cards are 2 dollars apiece.",
        "Our plan is $19 a seat.",
        "Living on 10 dollars a day is an art.",
        "They are 5 pounds each.",
    ],
)
def test_other_numbers_are_no_money(body: str) -> None:
    """Asking for rates, numbers of other things and sums in their content are no offer."""
    assert found(SignalCode.RATE_IN_FIRST_MESSAGE, body) is None


def test_a_sum_of_their_content_is_no_money() -> None:
    """A figure that stands in what is known of the creator's content is not the sender's."""
    content = ("How I lived on $12 a week",)
    known = Context(language="en", creator_content=content)
    assert found(SignalCode.RATE_IN_FIRST_MESSAGE, "The $12 week is a riot.", known) is None
    assert found(SignalCode.RATE_IN_FIRST_MESSAGE, "The $90 week is yours.", known) == "$90"


@pytest.mark.parametrize(
    "body",
    [
        "We need 2 reels and 3 stories.",
        "The clip has to run for a minute.",
        "Everything must be done by Easter.",
        "We ask for two carousels monthly.",
        "One review, out on publication day, cover in view.",
        "It is one TikTok of 45 seconds.",
        "The deadline is Friday.",
        "We ask for usage rights for a year.",
        "Please make sure to tag us.",
        "You must mention the code.",
        "No competitor products, please.",
        "Two posts per week would be great.",
        "The draft is due by March 3.",
        "The videos would belong to us afterwards.",
        "We need the right to use your face in all media.",
        "There is an embargo until Friday.",
        "It would be one TikTok a week.",
        "You would post twice a week.",
        "Everything has to be up within 14 days.",
        "We need the rough cut on the 3rd.",
    ],
)
def test_a_brief_is_found(body: str) -> None:
    """Deliverables, deadlines, rights and requirements are a brief in an opener."""
    assert found(SignalCode.BRIEF_IN_FIRST_MESSAGE, body)


@pytest.mark.parametrize(
    "body",
    [
        "Your three reels on rye are the best.",
        "I watched the video two times by the sea.",
        "Could we talk on Friday, or by Monday at the latest?",
        "Let me know by Thursday.",
        "You posted every day for two years, and it shows.",
        "We post three reels a week ourselves.",
        "Our own deadline is a mess.",
        "Your kindness shines in every post.",
        "We ship within two days, and open three times a week.",
        "Our market is live on Saturday, and you posted that on 3 May.",
        "You wear the same jumper in all your tours.",
        "Watched at least 30 of your videos.",
        "The deadline for entries is the 3rd.",
        "Running a studio must keep you busy.",
        "I'll be brief, since you are busy.",
        "Which one should I show to the team?",
        "That would make us very happy.",
    ],
)
def test_other_posts_and_days_are_no_brief(body: str) -> None:
    """What the creator has posted, and a day for a call, are no brief."""
    assert found(SignalCode.BRIEF_IN_FIRST_MESSAGE, body) is None


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("love what u do", "u"),
        ("PLS write back", "PLS"),
        ("hey babe, how are you", "hey babe"),
        ("we're gonna be there, thx", "gonna … thx"),
        ("R u there? Luv it", "u … Luv"),
    ],
)
def test_slang_is_found(body: str, words: str) -> None:
    """Abbreviations, slang and pet names are informal, in whichever case."""
    assert found(SignalCode.INFORMAL_TONE, body) == words


@pytest.mark.parametrize(
    "body",
    [
        "We're so glad you're here, it's lovely!",
        "Your U-turn on the U2 set in the U.S. was fun 🙂",
        "I met Sis Wong of Luv & Co at the Fam Jam.",
        "Babe Ruth would approve.",
        "Hey Mia, we don't rush, and we can't wait.",
        "Please reply when you can. Thanks!",
        "Shape U, our gym, is new.",
        "Spell it with a u or an o, the sup is in the shed, and vitamin U is a myth.",
    ],
)
def test_friendly_words_are_not_informal(body: str) -> None:
    """Contractions, one emoji, names and abbreviations in capitals are none."""
    assert found(SignalCode.INFORMAL_TONE, body) is None


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("see https://a.example/b?c=d for it", "https://a.example/b?c=d"),
        ("it is on WWW.Glow.Example now", "WWW.Glow.Example"),
        ("try glow.co.uk today", "glow.co.uk"),
        ("here: bit.ly/3xYz", "bit.ly/3xYz"),
        ("or t.me/glow and glow.com", "t.me/glow … glow.com"),
        ("go to glow dot com", "glow dot com"),
        ("our shop at glow.com", "glow.com"),
        ("write to a@glow.com or see glow.com", "glow.com"),
        ("Our site (oldhaven.studio) says more.", "oldhaven.studio"),
        ("old-haven.gallery has pictures.", "old-haven.gallery"),
        ("See oldhaven dot farm.", "oldhaven dot farm"),
    ],
)
def test_links_are_found(body: str, words: str) -> None:
    """URLs and bare domains are links, also when they are spelt out."""
    assert found(SignalCode.LINK, body) == words


@pytest.mark.parametrize(
    "body",
    [
        "tess@northfold.example",
        "tess at northfold dot example",
        "tess at northfold.com",
        "ask @tess.makes or @glow.co",
        "I like Node.js, e.g. at 3 a.m. etc.and so on",
        "your page.It is great.so are you",
        "version 2.0.1 costs nothing, No.5 neither",
        "It is a small market.Nothing is fixed.",
        "Find us as @oldhaven.studio here.",
    ],
)
def test_what_only_looks_like_a_link_is_none(body: str) -> None:
    """E-mail addresses, handles, abbreviations and forgotten spaces are no links."""
    assert found(SignalCode.LINK, body) is None


@pytest.mark.parametrize(
    "body",
    [
        "HELLO LOVELY PEOPLE OF THE WORLD",
        "Hi!!! How are you?",
        "Hi!! We are here!! Join!!",
        "we say THIS IS YOUR CHANCE TODAY and mean it, as we always have, for all of you out there",
        "WIR SUCHEN DICH FÜR UNSER TEAM",
    ],
)
def test_shouting_is_found(body: str) -> None:
    """Capitals and bursts of exclamation marks are shouting."""
    assert found(SignalCode.SHOUTING, body)


@pytest.mark.parametrize(
    "body",
    [
        "NASA, BBC & NHS",
        "Hi! It is great!",
        "Hi Mia! We work with UNESCO.",
        "DIY",
        "I AM IN",
        "Wow!!",
    ],
)
def test_acronyms_and_joy_are_no_shouting(body: str) -> None:
    """Acronyms, and one exclamation mark now and then, are none."""
    assert found(SignalCode.SHOUTING, body) is None


@pytest.mark.parametrize(
    ("body", "flood"),
    [
        ("🔥🔥🔥🔥🔥 " + "word " * 60, True),
        ("🔥🔥🔥🔥 " + "word " * 60, False),
        ("🔥🔥 one two three", True),
        ("🔥🔥 " + "word " * 12, False),
        ("Love this! 🔥", False),
        ("👩\u200d👩\u200d👧\u200d👦 👍🏽 🇩🇪 " + "word " * 20, False),
        ("© ™ → • ★ 5", False),
    ],
)
def test_emoji_are_counted(body: str, flood: bool) -> None:  # noqa: FBT001 - an expected value
    """Five emoji, or two and more than one per six words, are a flood; a joined one counts once."""
    assert (found(SignalCode.EMOJI_FLOOD, body) is not None) is flood


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("we l\u043eve it", "l\u043eve"),
        ("wo\u200brk with us", "wo\u200brk"),
        ("\u200b\u200b\u2060\ufeff Hi there", "\u200b\u200b\u2060\ufeff"),
        ("Hi \u200d\u200d\u200d\u200dthere", "\u200d\u200d\u200d\u200dthere"),
        ("a fr33 box", "fr33"),
        ("a f*ee box", "f*ee"),
        ("get it f r e e now", "f r e e"),
        ("let us c-o-l-l-a-b", "c-o-l-l-a-b"),
        ("ca$h for you", "ca$h"),
        ("it is fr€€ for you", "fr€€"),
        ("\U0001d5db\U0001d5f2\U0001d606 you", "\U0001d5db\U0001d5f2\U0001d606"),
        ("\u1d1c\u0280 page", "\u1d1c\u0280"),
    ],
)
def test_disguises_are_found(body: str, words: str) -> None:
    """Look-alikes, hidden characters, styled, spaced and leet words are found as written."""
    assert found(SignalCode.DISGUISED_TEXT, body) == words


@pytest.mark.parametrize(
    "body",
    [
        "caf\u00e9, na\u00efve, S\u00e3o Tom\u00e9, \u0141\u00f3d\u017a, Sm\u00f8rrebr\u00f8d",
        "the word \u03b1\u03b3\u03ac\u03c0\u03b7 and \u0416\u0443\u043a",
        "MP3, 4K, Q3, B2B, H2O, 2nd, 10am, 80s, a11y",
        "plan A B C D, or U.S.A. and e.g. this",
        "❤️ 👩\u200d🍳 \ufeff",
        "\ufeffHi there\n\u200b\n\u200b\nand more",
        "\u0645\u06cc\u200c\u062e\u0648\u0645",
        "@ali3n and x0@a1.example",
        "2*3 and 5 $ a",
    ],
)
def test_honest_letters_are_no_disguise(body: str) -> None:
    """Accents, other scripts, emoji, abbreviations and handles are none."""
    assert found(SignalCode.DISGUISED_TEXT, body) is None


def test_of_many_invisible_characters_few_are_shown() -> None:
    """However many stand in front of a message, what shows them is short."""
    shown = found(SignalCode.DISGUISED_TEXT, "\u200b" * 2_001 + "Hi there")
    assert shown is not None
    assert shown.strip("\u200b") == "Hi"
    assert len(shown) < 80


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("we will p\u0430y you", SignalCode.RATE_IN_FIRST_MESSAGE),
        ("usa\u200bge rights", SignalCode.BRIEF_IN_FIRST_MESSAGE),
        ("a 10% c0mmission", SignalCode.RATE_IN_FIRST_MESSAGE),
        ("we p a y you", SignalCode.RATE_IN_FIRST_MESSAGE),
    ],
)
def test_what_a_disguise_hides_is_judged(body: str, code: SignalCode) -> None:
    """Words are judged as they are read, whatever their letters are."""
    assert found(code, body)
    assert found(SignalCode.DISGUISED_TEXT, body)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Hi {{first_name}}, hello", "{{first_name}}"),
        ("Hi [NAME], your [TOPIC] post", "[NAME] … [TOPIC]"),
        ("Hi <name> and *|FNAME|* and %FIRST_NAME%", "<name> … *|FNAME|* … %FIRST_NAME%"),
        ("Hi {name}, hello", "{name}"),
        ("Hi [insert compliment here]", "[insert compliment here]"),
        ("Dear influencer, hello", "Dear influencer"),
        ("Hi FIRSTNAME, shall we talk?", "Hi FIRSTNAME"),
        ("Hi $name, shall we talk?", "$name"),
        ("To all creators: shall we talk?", "To all creators"),
        ("hi {{first_name|there}}, hello", "{{first_name|there}}"),
        ("i loved [recent post] of yours", "[recent post]"),
        ("dear [@username], hello", "[@username]"),
        ("hi null, would you work with us?", "hi null"),
        ("dear first_name, hello", "first_name"),
    ],
)
def test_templates_are_found(body: str, words: str) -> None:
    """Fields that were not filled in, and words for everyone, show a template."""
    assert found(SignalCode.COPY_PASTE, body) == words


@pytest.mark.parametrize(
    "body",
    [
        "see [1] (or the other)",
        "if a < b and b > c",
        "100% yours",
        "snake_case",
        "Dear Mia",
        '"{name} is not defined", says the pillow.',
    ],
)
def test_brackets_are_no_fields(body: str) -> None:
    """Brackets and signs that people write are none."""
    assert found(SignalCode.COPY_PASTE, body) is None


@pytest.mark.parametrize(
    ("step", "most", "excess"),
    [(0, 2, False), (2, 2, False), (3, 2, True), (1, 0, True), (9, None, False)],
)
def test_follow_ups_are_counted(step: int, most: int | None, excess: bool) -> None:  # noqa: FBT001 - an expected value
    """A step is in excess above what the policy allows, and never where it sets nothing."""
    context = Context(step=step, max_follow_ups=most)
    assert (found(SignalCode.FOLLOW_UP_EXCESS, "Hello", context) == "") is excess


@pytest.mark.parametrize(
    ("code", "body"),
    [
        (SignalCode.RATE_IN_FIRST_MESSAGE, "we offer $300"),
        (SignalCode.BRIEF_IN_FIRST_MESSAGE, "usage rights"),
        (SignalCode.LINK, "https://a.example"),
        (SignalCode.NO_CONTENT_REFERENCE, "hello"),
    ],
)
def test_some_mistakes_are_an_openers(code: SignalCode, body: str) -> None:
    """Money, a brief, a link and a missing reference count in an opener only."""
    assert found(code, body) is not None
    assert found(code, body, Context(step=1, language="en")) is None
