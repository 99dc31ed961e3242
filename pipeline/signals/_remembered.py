"""How many of the latest sentences are remembered, as sentences recur in campaigns."""

from __future__ import annotations

from typing import Final

LONGEST_REMEMBERED: Final = 400
"""Longer sentences are not remembered, so that memory is bounded in bytes as well."""
SENTENCES_REMEMBERED: Final = 2**13
