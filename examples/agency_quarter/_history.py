"""What has happened between accounts and creators so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from examples.agency_quarter._brands import Account
from examples.agency_quarter._campaigns import Campaign, Template
from examples.agency_quarter._people import Creator


@dataclass(slots=True)
class Conversation:
    """Everything between one account and one creator, as far as the agency knows."""

    account: Account
    creator: Creator
    accepted: bool
    last_outbound: str | None = None
    """The id of the account's latest message."""
    opened_at: int | None = None
    """When the account first wrote."""
    inbound: int = 0
    """How many messages the creator has written."""


@dataclass(slots=True)
class Attempt:
    """One campaign's messages in one conversation."""

    campaign: Campaign
    template: Template
    conversation: Conversation
    opened_at: int
    follow_ups: int
    """How many are planned, as long as nobody answers."""
    step: int = 0
    answering: bool = False
    """The creator has answered or is about to."""


@dataclass(slots=True)
class History:
    """The conversations, the attempts and the creators who asked to be left alone."""

    conversations: dict[tuple[Account, str], Conversation] = field(default_factory=dict)
    attempts: dict[str, list[Attempt]] = field(default_factory=dict)
    """By campaign."""
    _contacts: dict[tuple[str | None, str, str], list[int]] = field(default_factory=dict)
    _opted_out: set[tuple[str | None, str, str]] = field(default_factory=set)

    def conversation(self, account: Account, creator: Creator) -> Conversation:
        """Return the conversation of the two, begun here if they have none yet."""
        key = account, creator.creator_id
        if key not in self.conversations:
            self.conversations[key] = Conversation(account, creator, accepted=creator.follows)
        return self.conversations[key]

    def opened(self, attempt: Attempt) -> None:
        """Remember an attempt that is about to begin."""
        conversation = attempt.conversation
        self.attempts.setdefault(attempt.campaign.campaign_id, []).append(attempt)
        key = _key(conversation.account.workspace, conversation.creator)
        self._contacts.setdefault(key, []).append(attempt.opened_at)

    def opt_out(self, conversation: Conversation) -> None:
        """Remember that the creator wants no more messages from this workspace."""
        self._opted_out.add(_key(conversation.account.workspace, conversation.creator))

    def has_opted_out(self, conversation: Conversation) -> bool:
        """Tell whether the creator asked the workspace to stop."""
        return _key(conversation.account.workspace, conversation.creator) in self._opted_out

    def is_fresh(self, workspace: str | None, creator: Creator, since: int) -> bool:
        """Tell whether the workspace has left the creator alone since then and may write."""
        key = _key(workspace, creator)
        return key not in self._opted_out and all(
            moment < since for moment in self._contacts.get(key, ())
        )


def _key(workspace: str | None, creator: Creator) -> tuple[str | None, str, str]:
    return workspace, creator.platform, creator.creator_id
