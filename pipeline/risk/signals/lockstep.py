"""Several accounts that act as one."""

from __future__ import annotations

from pipeline.copies import LockstepKind
from pipeline.risk._inquiry import Finding, Inquiry
from pipeline.risk._wording import number, time_between


def find(inquiry: Inquiry) -> Finding | None:
    """Return the score of the gravest lockstep."""
    lockstep = inquiry.given.lockstep
    if lockstep is None:
        return None
    did = (
        "sent the same text in step"
        if lockstep.kind is LockstepKind.SAME_TEXT
        else "wrote to the same creators in step"
    )
    return Finding(
        lockstep.score,
        f"{number(len(lockstep.accounts))} accounts {did}: {number(lockstep.messages)} messages "
        f"to {number(lockstep.creators)} creators, "
        f"{time_between(lockstep.first_at, lockstep.last_at)}",
    )
