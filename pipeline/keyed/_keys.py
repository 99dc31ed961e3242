"""Keys as JSON text: readable, unambiguous, the same everywhere."""

from __future__ import annotations

import msgspec

_encoder = msgspec.json.Encoder()


def key_of(*parts: str | int) -> str:
    """Return a key of ids.

    >>> key_of("default", "instagram", "northfold")
    '["default","instagram","northfold"]'
    """
    return _encoder.encode(parts).decode()
