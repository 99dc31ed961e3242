"""Keys of what belongs to an account, as JSON text: readable, unambiguous, the same everywhere."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.events import AccountId, CreatorId, Event, MessageId, Platform, WorkspaceId
from pipeline.keyed import key_of


class Account(NamedTuple):
    """An account within its workspace and platform."""

    workspace: WorkspaceId
    platform: Platform
    account_id: AccountId

    @classmethod
    def of(cls, event: Event) -> Account:
        """Return the account that an event belongs to."""
        return cls(event.workspace, event.platform, event.account_id)


def partition_key(account: Account) -> bytes:
    """Return the record key that brings all events of an account into one partition."""
    return key_of(*account).encode()


def message_key(account: Account, message_id: MessageId) -> str:
    """Return the key of a message."""
    return key_of(*account, message_id)


def conversation_key(account: Account, creator_id: CreatorId) -> str:
    """Return the key of the conversation of an account with a creator."""
    return key_of(*account, creator_id)


def workspace_day_key(workspace: WorkspaceId, day: int) -> str:
    """Return the key of one UTC day of a workspace; `day` counts from 1970-01-01."""
    return key_of(workspace, day)


def day_key(account: Account, day: int) -> str:
    """Return the key of one UTC day of an account; `day` counts from 1970-01-01."""
    return key_of(*account, day)
