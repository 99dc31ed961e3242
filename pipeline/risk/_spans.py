"""Spans of time in minutes, as the whole package counts them."""

from __future__ import annotations

from typing import Final

HOUR: Final = 60
DAY: Final = 24 * HOUR
