"""From where on something is too much."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """What the detectors ask; the shipped values stand in `tables/weights.toml`."""

    emoji: int
    """So many are a flood."""
    words_per_emoji: int
    """Two emoji or more are a flood, too, when fewer words than this come on each."""
    exclamation_marks: int
    """So many in a row are shouting."""
    shouted_words: int
    """So many words of capitals in a row are shouting."""
    shouted_percent: int
    """More than this percentage of a text's letters in capitals is shouting."""
    stock_phrases: int
    """So many phrases that templates like are copied, where nothing personal stands by them."""
