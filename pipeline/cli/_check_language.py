"""What `outreach check` takes for the language of a message."""

from __future__ import annotations

import re
from typing import Final

LANGUAGE_ALLOWED: Final = "a code of two or three letters, such as en or pt-BR"

_CODE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,3}")


def is_language(code: str) -> bool:
    """Say whether a text has the form of a code; there are more languages than are judged fully.

    What comes behind the first part may tell a country or a script, and changes nothing.

    >>> is_language("pt-BR"), is_language("german")
    (True, False)
    """
    return _CODE.fullmatch(code) is not None
