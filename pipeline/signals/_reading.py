"""From a text to the message that detectors see."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pipeline.signals._context import Context
from pipeline.signals._disguises import undo
from pipeline.signals._folding import fold, look_alikes
from pipeline.signals._language import UNDETERMINED, LanguageFinder, language_of_script
from pipeline.signals._lexicon import Lexicon
from pipeline.signals._links import mask_links
from pipeline.signals._merge_fields import find_merge_fields, mask_merge_fields
from pipeline.signals._message import Message
from pipeline.signals._tokens import sentences_of, tokens_of
from pipeline.signals._vocabulary import PLAIN_WORDS

_FOREIGN: Final = re.compile(r"[^\x00-\x7f]")
_BEYOND_LATIN: Final = re.compile(r"[^\x00-\u024f\u1e00-\u1eff](?<=[^\W\d_])")
_LATIN_LETTERS: Final = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_NOTHING: Final[frozenset[str]] = frozenset()
_FEW_OF: Final = 4


def read_message(
    text: str, context: Context, finder: LanguageFinder, lexicons: Mapping[str, Lexicon]
) -> Message:
    """Return the message with its language found out, unless the context gives it."""
    foreign = _NOTHING if text.isascii() else frozenset(_FOREIGN.findall(text))
    latin = not foreign or _is_latin(text)
    folded = fold(text, latin=latin)
    merge_fields = find_merge_fields(folded)
    if merge_fields:
        folded = mask_merge_fields(folded)
    wording = mask_links(folded)
    sentences = sentences_of(wording)
    tokens = tokens_of(sentences)
    token_set = frozenset(tokens)
    folded, disguises = undo(folded, token_set)
    if disguises:
        wording = mask_links(folded)
        sentences = sentences_of(wording)
        tokens = tokens_of(sentences)
        token_set = frozenset(tokens)
    language = context.language and context.language.lower().replace("_", "-").partition("-")[0]
    if not language:
        language = finder.find(token_set) if latin else language_of_script(text)
        if latin and language == UNDETERMINED:
            language = _language_of_words(token_set, lexicons)
    lexicon = lexicons.get(language)
    normalised = (lexicon.vocabulary if lexicon else PLAIN_WORDS).normalise(sentences)
    return Message(
        text=text,
        foreign=foreign,
        latin=latin,
        folded=folded,
        merge_fields=merge_fields,
        disguises=disguises,
        wording=wording,
        tokens=tokens,
        token_set=token_set,
        language=language,
        lexicon=lexicon,
        normalised=normalised,
        hits=lexicon.phrases.find(normalised) if lexicon else {},
    )


def _language_of_words(tokens: frozenset[str], lexicons: Mapping[str, Lexicon]) -> str:
    """Return the language whose common words are a good part of a text without little words."""
    shown = {
        code: sum(len(token) > 1 and lexicon.is_common(token) for token in tokens)
        for code, lexicon in lexicons.items()
    }
    best = max(shown, key=lambda code: shown[code])
    enough = shown[best] > 0 and shown[best] * _FEW_OF >= len(tokens)
    return best if enough else UNDETERMINED


def _is_latin(text: str) -> bool:
    """Say whether a text is in Latin letters, or in letters that are to look like them."""
    foreign = _BEYOND_LATIN.findall(text)
    if not foreign or len(foreign) <= len(_LATIN_LETTERS.findall(text)):
        return True
    known = look_alikes()
    strangers = sum(letter not in known and not fold(letter).isascii() for letter in foreign)
    return strangers * 10 < len(foreign)
