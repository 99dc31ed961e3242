"""How much of the latest texts is remembered, as sentences and whole texts recur in campaigns.

What is longer is not remembered, so that memory is bounded in bytes as well.
"""

from __future__ import annotations

from typing import Final

LONGEST_REMEMBERED: Final = 400
"""In characters."""
SENTENCES_REMEMBERED: Final = 2**13
INTRODUCTIONS_REMEMBERED: Final = 2**10
"""So many sentences of messages in which nobody is introduced in the usual ways."""
TEXTS_REMEMBERED: Final = 2**12
WORDS_REMEMBERED: Final = 2**13
RARE_WORDS_REMEMBERED: Final = 2**11
"""Few enough for each table to be full after some hundred thousand messages in any language."""
