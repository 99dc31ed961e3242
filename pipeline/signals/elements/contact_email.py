"""An e-mail address to follow up, also one that is spelt out."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from pipeline.signals._evidence import Evidence, in_folded, in_words
from pipeline.signals._inquiry import Inquiry
from pipeline.signals._message import Message
from pipeline.signals._tables import read_table
from pipeline.signals._vocabulary import EMAIL_ADDRESS

SUGGESTION = "Give an e-mail address that they can answer to, and check that you are genuine with."

_WORD: Final = f"{EMAIL_ADDRESS} "
_AT: Final = r"(?: ?[\[({] ?(?:at|arroba|@|a) ?[\])}] ?| (?:at|arroba|@|chez|bei) )"
_DOT: Final = (
    r"(?: ?[\[({] ?(?:dot|punkt|punto|point|ponto|\.) ?[\])}] ?"
    r"| (?:dot|punkt|punto|point|ponto) |\.)"
)
_SPELT_OUT: Final = re.compile(
    rf"(?<![\w.+-])[\w+-]{{1,64}}+(?:(?:\.| dot )[\w+-]{{1,64}}+){{0,2}}{_AT}"
    rf"[\w-]{{1,63}}+(?:{_DOT}[\w-]{{2,63}}+){{1,3}}"
)
_MAILBOXES: Final = frozenset(
    {
        *("hi", "hello", "hey", "info", "team", "contact", "press", "collab", "collabs", "partner"),
        *(
            "enquiries",
            "enquiry",
            "inquiries",
            "orders",
            "support",
            "sales",
            "bookings",
            "marketing",
        ),
        *("partnerships", "collaborations", "social", "admin", "care", "friends", "media", "pr"),
        *("creators", "events", "reception", "accounts", "service", "post", "reservations", "desk"),
        *("partners", "mail", "office", "studio", "hola", "oi", "ola", "hallo", "bonjour", "moin"),
        *("kontakt", "contacto", "contato", "equipo", "equipe", "redaktion"),
    }
)
"""Words that everyone uses and that are mailboxes all the same."""
_NO_MAILBOXES: Final = frozenset(
    {
        *("shop", "store", "website", "site", "page", "app", "form", "details", "catalogue", "us"),
        *("me", "you", "it", "out", "here", "look", "more", "up", "order", "available", "online"),
        *("register", "glance", "check", "book", "join", "watch", "pop", "based", "here", "live"),
        *("find", "see", "visit", "now", "live", "be", "is", "are", "was", "and", "or", "work"),
    }
)
"""What stands before an "at" that belongs to a place."""
_BRACKETED_AT: Final = re.compile(r"[\[({] ?(?:at|arroba|@|a) ?[\])}]")
_BRACKETED: Final = re.compile(r"[\[({] ?(?:at|arroba|@|dot|punkt|punto|point|ponto|\.) ?[\])}]")
_DOT_AS_WORD: Final = re.compile(r" (?:dot|punkt|punto|point|ponto) [a-z]{2,10}\b")
_DOMAIN_AFTER_AT: Final = re.compile(r" (?:at|arroba|@) [\w-]{1,63}+\.[a-z]{2,10}\b")


def find(inquiry: Inquiry) -> Evidence | None:
    """Look for an address."""
    message, folded = inquiry.message, inquiry.message.folded
    if "@" in folded:
        place = message.normalised.find(_WORD)
        if place >= 0:
            return in_words(message, (place, place + len(_WORD)))
    if not _may_be_spelt_out(folded):
        return None
    spelt_out = (one for one in _SPELT_OUT.finditer(folded) if _is_address(message, one[0]))
    match = next(spelt_out, None)
    return in_folded(message, match.span()) if match else None


def _is_address(message: Message, found: str) -> bool:
    """Say whether what stands before the "at" can be a mailbox: `our shop at` names a place.

    In brackets the "at" leaves no doubt; otherwise a word that everyone uses is none, nor is an
    unknown domain.
    """
    if _BRACKETED_AT.search(found):
        return True
    mailbox = found.split(" ", maxsplit=1)[0]
    if mailbox in _MAILBOXES:
        return True
    if mailbox in _NO_MAILBOXES or len(mailbox) == 1:
        return False
    if message.lexicon is not None and message.lexicon.is_common(mailbox):
        return False
    return (
        bool(_DOT_AS_WORD.search(found) or _BRACKETED.search(found))
        or found.rpartition(".")[2] in _top_level()
    )


@cache
def _top_level() -> frozenset[str]:
    return frozenset(read_table("domains")["top_level"].split())


def _may_be_spelt_out(folded: str) -> bool:
    """Say whether it is worth while to look for an address that is spelt out."""
    if ("[" in folded or "(" in folded or "{" in folded) and _BRACKETED.search(folded):
        return True
    if " at " in folded or " arroba " in folded or " @ " in folded or " chez " in folded:
        return bool(_DOT_AS_WORD.search(folded) or _DOMAIN_AFTER_AT.search(folded))
    return False
