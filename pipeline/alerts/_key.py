"""The key by which a receiver knows that it has seen a notice before."""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid5

from pipeline.alerts._alert import AlertId
from pipeline.keyed import key_of

_NOTICES: Final = UUID("6f0d7c56-9b1f-5b0e-8a43-0e1d5f6a7c21")


def idempotency_key(alert_id: AlertId, sequence: int, notifier: str) -> str:
    """Return the key of what is told of a change: the same in every process, at every try.

    >>> idempotency_key(AlertId("a-1"), 0, "on-call")
    'f6c9b33c-33ae-5a34-9148-f36fb8063a89'
    """
    return str(uuid5(_NOTICES, key_of(alert_id, sequence, notifier)))
