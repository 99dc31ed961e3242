"""What the reference computation answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from tests.reference._event import MessageKey

Violation: TypeAlias = tuple[str, str, str, str, str]
"""Workspace, platform, account, message id and the rule's code."""

ResponseCell: TypeAlias = tuple[str, str, str, str, str, int]
"""Workspace, platform, account, campaign, template and hour of the opener (UTC, in ms)."""

ResponseCounts: TypeAlias = tuple[int, int, int, int]
"""Attempts, and those replied to, replied to positively, and answered by an opt-out."""

StepCell: TypeAlias = tuple[str, str, str, str, str, int, int]
"""Workspace, platform, account, campaign, template, step and hour of the touch (UTC, in ms)."""

StepCounts: TypeAlias = tuple[int, int, int, int]
"""Touches, those replied to, replied to positively, and the sum of their seconds to reply."""


@dataclass(frozen=True)
class TouchRow:
    """One touch and its outcome; times in ms since 1970, the reply's fields `None` without one."""

    creator_id: str
    campaign_id: str
    template_id: str
    step: int
    phase: str
    attempt_started_at: int
    sent_at: int
    event_id: str
    body: str
    replied_at: int | None
    reply_class: str | None
    seconds_to_reply: int | None
    creator_followers: int | None
    creator_email_listed: bool | None


@dataclass(frozen=True)
class ReplyRow:
    """One reply; its campaign is that of the last touch before it, credited or not."""

    creator_id: str
    campaign_id: str
    received_at: int
    body: str
    reply_class: str
    credited_message_id: str | None


@dataclass(frozen=True)
class AudienceRow:
    """One inbound message without a touch before it in its conversation."""

    creator_id: str
    received_at: int
    body: str


@dataclass(frozen=True)
class Result:
    """All that follows from a set of events; two equal sets give two equal results."""

    touches: dict[MessageKey, TouchRow]
    replies: dict[MessageKey, ReplyRow]
    audience_messages: dict[MessageKey, AudienceRow]
    violations: set[Violation]
    response_rates: dict[ResponseCell, ResponseCounts]
    step_rates: dict[StepCell, StepCounts]
