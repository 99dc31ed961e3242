"""Places in a template that something was to be filled in, and was not."""

from __future__ import annotations

import re
from typing import Final

_OPENINGS: Final = (
    *"[{<%*_$\u00ab",
    "name)",
    "@@",
    ":first",
    "&lt;",
    "undefined",
    "null",
    "insert ",
)
_NAMES: Final = (
    r"@?(?:(?:first|last|full|user|creator|your|our|brand|company|influencer|my|insert|recipient|"
    r"contact|their|account|campaign|product|video|post|topic|nick|vor|nach|pre|blogger|artist|"
    r"channel)(?:'?s)?)?[ _.-]?"
    r"(?:name|username|handle|fname|lname|creator|influencer|brand|company|product|topic|video|"
    r"niche|artist|firstname|lastname|post|content|email|vorname|nachname|nombre|nom|prenom|nome|marke|"
    r"marca|marque|firma|empresa|apellido|title|city|platform)"
    r"(?:[ _.-]{0,2}(?:here|hier|aqui|ici))?"
)
_BLANKS: Final = (
    r"(?:(?:recent|latest|specific|favou?rite|content|mention|your|our|their) )?"
    r"(?:post|video|reel|story|content|compliment|details?|type|link|date|amount|number|reason|niche)"
    r"|something specific|x{1,4}|_{2,}"
)
_FIELD: Final = re.compile(
    r"\{\{[^{}\n]{0,60}\}\}|[$#]?\{[ %$]?[a-z][\w .|:'/-]{0,40}\}|\{\d?\}"
    r"|\*\|[\w:]{1,40}\|\*|%%?[a-z_]{3,30}%%?"
    r"|\$(?:first_?)?(?:name|username|creator|handle)\b|\b(?:hi|hello|hey|dear) _{2,}+"
    r"|\[\[[^\[\]\n]{1,40}\]\]|<%=? ?[\w.]{1,40} ?%>|@@[a-z_]{2,30}@@|:first_?name:"
    r"|&lt;[a-z_ ]{2,30}&gt;|\u00ab ?(?:first |last |full )?name ?\u00bb"
    r"|\((?:insert|mention) [a-z' ]{1,30}\)|\((?:first|last|full|your|creator|brand) ?name\)"
    r"|\b(?:hi|hello|hey|dear) (?:undefined|null|nan|none|%s)(?= ?[,!.\n])"
    r"|\b(?:first|last|full|creator|influencer|contact|brand|company)_name\b"
    r"|\binsert (?:[a-z]{1,20} ){0,3}here\b"
    rf"|[\[<(]{{1,2}}(?:insert|enter|add|einfugen|insertar) [^\[\]<>()\n]{{1,40}}[\]>)]{{1,2}}"
    rf"|[\[<]{{1,2}} ?(?:{_NAMES}|{_BLANKS}) ?[\]>]{{1,2}}|(?<!_)__?{_NAMES}__?(?!_)"
    r"|(?<![*\w])\*(?:first |last |your |brand )?"
    r"(?:name|brand|topic|username|nombre|nom|nome)\*(?![*\w])"
)


def find_merge_fields(folded: str) -> list[tuple[int, int]]:
    """Return where the fields stand in a folded text. Linear in its length.

    >>> find_merge_fields("hi {{first_name}}, i like [topic] (a lot)")
    [(3, 17), (26, 33)]
    """
    if not any(map(folded.__contains__, _OPENINGS)):
        return []
    return [match.span() for match in _FIELD.finditer(folded)]


def mask_merge_fields(folded: str) -> str:
    """Return the text with spaces where its fields stand, so that their words count for none."""
    return _FIELD.sub(lambda match: " " * len(match[0]), folded)
