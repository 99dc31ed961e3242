"""Every topic: its name, who keys it, and what may be removed from it."""

from __future__ import annotations

from enum import StrEnum


class Topic(StrEnum):
    """The names of all topics.

    The input topics and everything keyed by account have equal partition counts, so that what
    concerns one account stands in the partition of the same number everywhere.
    """

    DM_SENT = "outreach.dm-sent"
    FOLLOW_UPS = "outreach.follow-ups"
    REPLIES = "outreach.replies"
    SEND_REQUESTS = "outreach.send-requests"
    POLICIES = "outreach.policies"
    CAMPAIGN_POLICIES = "outreach.campaign-policies"
    """The same as `POLICIES`, for those who judge campaigns: a topic has one reader."""
    PAUSES = "outreach.pauses"
    CAMPAIGN_PAUSES = "outreach.campaign-pauses"
    """The same as `PAUSES`, in the partition of the campaign: a topic has one reader."""

    TOUCHES = "outreach.touches"
    VIOLATIONS = "outreach.violations"
    REPLY_OUTCOMES = "outreach.reply-outcomes"
    AUDIENCE_MESSAGES = "outreach.audience-messages"
    SEND_DECISIONS = "outreach.send-decisions"
    ALERTS = "outreach.alerts"
    ALERT_NOTICES = "outreach.alert-notices"
    """The same as `ALERTS`, for those who tell people: a topic has one reader."""
    DELIVERIES = "outreach.deliveries"
    RATE_CELLS = "outreach.rate-cells"
    CAMPAIGN_RISK = "outreach.campaign-risk"
    DEAD_LETTERS = "outreach.dead-letters"

    CREATOR_CONTACTS = "outreach.creator-contacts"
    CAMPAIGN_TOUCHES = "outreach.campaign-touches"
    WORKSPACE_ANSWERS = "outreach.workspace-answers"
    """One copy for each partition of campaigns."""


class Cleanup(StrEnum):
    """What may be removed from a topic."""

    KEEP = "keep"
    """Nothing: these records are the truth."""
    COMPACT = "compact"
    """All but the newest record of each key."""
    CONSUMED = "consumed"
    """What its one reader has acknowledged: derived, and made anew by a rebuild."""


CLEANUP: dict[Topic, Cleanup] = {
    Topic.DM_SENT: Cleanup.KEEP,
    Topic.FOLLOW_UPS: Cleanup.KEEP,
    Topic.REPLIES: Cleanup.KEEP,
    Topic.SEND_REQUESTS: Cleanup.KEEP,
    Topic.POLICIES: Cleanup.KEEP,
    Topic.CAMPAIGN_POLICIES: Cleanup.KEEP,
    Topic.PAUSES: Cleanup.KEEP,
    Topic.CAMPAIGN_PAUSES: Cleanup.KEEP,
    Topic.DEAD_LETTERS: Cleanup.KEEP,
    Topic.SEND_DECISIONS: Cleanup.KEEP,
    Topic.ALERTS: Cleanup.KEEP,
    Topic.ALERT_NOTICES: Cleanup.KEEP,
    Topic.DELIVERIES: Cleanup.KEEP,
    Topic.TOUCHES: Cleanup.COMPACT,
    Topic.VIOLATIONS: Cleanup.COMPACT,
    Topic.REPLY_OUTCOMES: Cleanup.COMPACT,
    Topic.AUDIENCE_MESSAGES: Cleanup.COMPACT,
    Topic.CAMPAIGN_RISK: Cleanup.COMPACT,
    Topic.RATE_CELLS: Cleanup.CONSUMED,
    Topic.CREATOR_CONTACTS: Cleanup.CONSUMED,
    Topic.CAMPAIGN_TOUCHES: Cleanup.CONSUMED,
    Topic.WORKSPACE_ANSWERS: Cleanup.CONSUMED,
}
