"""What names look like: capitals, digits and handles, and small words between them.

Pieces of regular expressions, each linear in the text.
"""

from __future__ import annotations

from typing import Final

UPPER: Final = "A-Z\u00c0-\u00d6\u00d8-\u00de\u0100-\u017f"
_REST: Final = r"[\w'\u2019&+-]*+(?:\.(?=[a-z0-9])[\w'\u2019&+-]+|![a-z]\w*)*+"
_FIRST: Final = rf"(?:[@\"\u201c\u201e\u00ab][{UPPER}a-z]|[{UPPER}]|\d+[{UPPER}a-z-]){_REST}"
_WORD: Final = (
    rf"(?:(?:Co|Bros|Ltd|Inc)\.(?=[,:;]| (?![A-Z]))|[\"\u201c\u201e\u00ab]?[{UPPER}\d]{_REST})"
)
_JOINTS: Final = (
    r"(?: ?[&+] ?| (?:and|of|the|und|von|vom|der|im|y|del?|la|el|las|los|e|d[aeo]s?|di|du|et|les?"
    r"|\u00e0|sur|for|in|on) (?:the |la |el |las |los |les |der )?|[ ]|['\u2019])"
)
NAME: Final = rf"{_FIRST}(?:{_JOINTS}{_WORD}){{0,5}}"
SMALL: Final = r"[^\W\d_A-Z]+"
