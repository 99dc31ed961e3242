"""Judges a reply by the phrases of the lexicons."""

from functools import cache
from itertools import pairwise
from typing import Final

from pipeline.replies._classes import ReplyClass
from pipeline.replies._lexicon import Lexicon, Phrase, read_lexicon

# Not on import: a tenth of a second, which commands that classify nothing would take, too.
_shipped_lexicon = cache(read_lexicon)
_RANKS: Final = {reply_class: rank for rank, reply_class in enumerate(ReplyClass)}


def classify(body: str) -> ReplyClass:
    """Return the class of the reply `body`, in whatever language it is.

    Never raises, and takes time linear in the length of `body`.

    >>> classify("Love it, but please don't message me again")
    <ReplyClass.OPT_OUT: 'opt_out'>
    >>> classify("can't stop thinking about it, tell me more!")
    <ReplyClass.POSITIVE: 'positive'>
    """
    return judge(body, _shipped_lexicon())


def judge(body: str, lexicon: Lexicon) -> ReplyClass:
    """Return the class of the reply `body` by the phrases of `lexicon`.

    Phrases are sought from left to right; where several begin with one word, the longest counts,
    and its words belong to it alone; only an opt-out is also found inside of another class's
    phrase (not of an idiom). Of the classes found, the first in the order of `ReplyClass` is
    returned; a text without any is neutral.
    """
    text = lexicon.spelling.normalise(body)
    result = ReplyClass.NEUTRAL
    position = taken = shielded = 0
    for word, following in pairwise(text.split(" ")):
        if word in lexicon.first_words and position >= shielded:
            end, found = _longest(text, position, lexicon.phrases(word, following))
            if found is ReplyClass.OPT_OUT:
                return found
            if end and position >= taken:
                taken = end
                if found is None:
                    shielded = end
                elif _RANKS[found] < _RANKS[result]:
                    result = found
        position += len(word) + 1
    return result


def _longest(
    text: str, position: int, phrases: tuple[Phrase, ...]
) -> tuple[int, ReplyClass | None]:
    """Return where the longest phrase at `position` ends, and its class; 0 if none is there."""
    longest, found = 0, None
    for phrase in phrases:
        match = phrase.match(text, position)
        if match and match.end() > longest:
            longest, found = match.end(), phrase.reply_class
    return longest, found
