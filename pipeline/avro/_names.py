"""The names of the schemas."""

from __future__ import annotations

from enum import StrEnum


class SchemaName(StrEnum):
    """What a record is: the part of its schema's file name before `.vN.avsc`.

    >>> SchemaName("reply").record_name
    'Reply'
    """

    DM_SENT = "dm-sent"
    FOLLOW_UP = "follow-up"
    REPLY = "reply"
    SEND_REQUEST = "send-request"

    TOUCH = "touch"
    VIOLATION = "violation"
    REPLY_OUTCOME = "reply-outcome"
    AUDIENCE_MESSAGE = "audience-message"
    RATE_CELLS = "rate-cells"
    CREATOR_CONTACTS = "creator-contacts"
    CAMPAIGN_TOUCH = "campaign-touch"
    CAMPAIGN_RISK = "campaign-risk"
    WORKSPACE_ANSWERS = "workspace-answers"

    POLICY = "policy"
    PAUSE = "pause"
    SEND_DECISION = "send-decision"
    ALERT = "alert"
    DELIVERY = "delivery"
    DEAD_LETTER = "dead-letter"

    @property
    def record_name(self) -> str:
        """The name of the record inside the schema, in the namespace `outreach`."""
        return "".join(word.capitalize() for word in self.value.split("-"))
