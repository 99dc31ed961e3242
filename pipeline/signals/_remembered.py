"""How much of the latest texts is remembered, as sentences and whole texts recur in campaigns.

What is longer is not remembered, so that memory is bounded in bytes as well.
"""

from __future__ import annotations

from typing import Final

LONGEST_REMEMBERED: Final = 400
"""In characters."""
SENTENCES_REMEMBERED: Final = 2**13
TEXTS_REMEMBERED: Final = 2**12
