"""More follow-ups than the policy allows."""

from __future__ import annotations

from pipeline.signals._evidence import Evidence, in_original
from pipeline.signals._inquiry import Inquiry

SUGGESTION = "Do not send it: whoever has not answered by now does not want to."


def find(inquiry: Inquiry) -> Evidence | None:
    """Compare the step with the greatest that is allowed; no words of the text show it."""
    most = inquiry.context.max_follow_ups
    excess = most is not None and inquiry.context.step > most
    return in_original(inquiry.message) if excess else None
