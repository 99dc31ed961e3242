"""The events, as product.md lists them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

SECOND = 1000
HOUR = 3600 * SECOND
DAY = 24 * HOUR

DM_SENT = "dm_sent"
FOLLOW_UP = "follow_up"
REPLY = "reply"
SEND_REQUEST = "send_request"

MessageKey: TypeAlias = tuple[str, str, str, str]
"""Workspace, platform, account and message id: by these a message is known."""


@dataclass(frozen=True)
class Event:
    """One event of an input topic; `None` and the empty tuple mean that a field is absent.

    `occurred_at` counts milliseconds since 1970 in UTC. A send request has its `request_id`
    for `message_id`.
    """

    type: str
    event_id: str
    workspace: str
    occurred_at: int
    platform: str
    account_id: str
    creator_id: str
    message_id: str
    body: str
    campaign_id: str | None = None
    template_id: str | None = None
    creator_name: str | None = None
    creator_timezone: str | None = None
    creator_accepted: bool | None = None
    creator_follows: bool | None = None
    creator_followers: int | None = None
    creator_email_listed: bool | None = None
    creator_content: tuple[str, ...] = ()
    in_reply_to: str | None = None
    kind: str | None = None

    @property
    def is_touch(self) -> bool:
        """Whether it is an outbound message, whichever of the two topics it came by."""
        return self.type in {DM_SENT, FOLLOW_UP}

    @property
    def is_inbound(self) -> bool:
        """Whether the creator wrote it."""
        return self.type == REPLY

    @property
    def account(self) -> tuple[str, str, str]:
        """Workspace, platform and account id."""
        return (self.workspace, self.platform, self.account_id)

    @property
    def creator(self) -> tuple[str, str, str]:
        """Workspace, platform and creator id."""
        return (self.workspace, self.platform, self.creator_id)

    @property
    def conversation(self) -> tuple[str, str, str, str]:
        """Workspace, platform, account id and creator id."""
        return (*self.account, self.creator_id)

    @property
    def message(self) -> MessageKey:
        """Workspace, platform, account id and message id."""
        return (*self.account, self.message_id)

    @property
    def order(self) -> tuple[int, str, str, str]:
        """What "before" and "after" compare: time, event id by code point, account id.

        The platform comes last, and only tells apart two accounts of one campaign that bear the
        same id on two platforms.
        """
        return (self.occurred_at, self.event_id, self.account_id, self.platform)
