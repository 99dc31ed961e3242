"""The events as they happened: complete, in plain fields, each once."""

from __future__ import annotations

from typing import Any

from examples.agency_quarter._brands import Account
from examples.agency_quarter._chance import Chance
from examples.agency_quarter._history import Attempt, Conversation

Event = dict[str, Any]
"""One event's fields; `occurred_at` in epoch milliseconds until the event is delivered."""

_ID_LENGTH = 8


class Journal:
    """Writes down what accounts and creators say."""

    def __init__(self, chance: Chance) -> None:
        self.events: list[Event] = []
        self._chance = chance

    def outbound(
        self, moment: int, kind: str, conversation: Conversation, body: str, attempt: Attempt | None
    ) -> None:
        """Write down what an account says, as a `dm_sent` or a `follow_up`.

        Without an attempt the message names no campaign.
        """
        event = self._event(kind, moment, conversation)
        event |= {"message_id": self._message_id("m"), "body": body}
        event |= _described(conversation, attempt)
        self.events.append(event)
        conversation.last_outbound = event["message_id"]
        if conversation.opened_at is None:
            conversation.opened_at = moment

    def request(self, moment: int, attempt: Attempt, body: str) -> None:
        """Write down that somebody asked to send this message of an attempt."""
        event = self._event("send_request", moment, attempt.conversation)
        event |= {"request_id": self._message_id("q"), "body": body}
        event |= _described(attempt.conversation, attempt)
        self.events.append(event)

    def inbound(
        self, moment: int, conversation: Conversation, body: str, kind: str, *, quotes: bool
    ) -> None:
        """Write down a creator's message; it may quote the account's latest one."""
        event = self._event("reply", moment, conversation)
        event |= {"message_id": self._message_id("r"), "body": body, "kind": kind}
        event["creator_follows"] = conversation.creator.follows
        if quotes and conversation.last_outbound is not None:
            event["in_reply_to"] = conversation.last_outbound
        self.events.append(event)
        conversation.inbound += 1
        conversation.accepted = True

    def _event(self, kind: str, moment: int, conversation: Conversation) -> Event:
        account: Account = conversation.account
        event: Event = {"type": kind, "event_id": "e" + self._chance.token(_ID_LENGTH)}
        if account.workspace is not None:
            event["workspace"] = account.workspace
        return event | {
            "occurred_at": moment,
            "platform": account.platform,
            "account_id": account.account_id,
            "creator_id": conversation.creator.creator_id,
        }

    def _message_id(self, letter: str) -> str:
        return letter + self._chance.token(_ID_LENGTH)


def _described(conversation: Conversation, attempt: Attempt | None) -> Event:
    """Return what the sender knows about the message's campaign and about the creator."""
    creator = conversation.creator
    described: Event = {}
    if attempt is not None:
        described["campaign_id"] = attempt.campaign.campaign_id
        described["template_id"] = attempt.template.template_id
    described |= {
        "creator_name": creator.name,
        "creator_timezone": creator.zone,
        "creator_accepted": conversation.accepted,
        "creator_follows": creator.follows,
        "creator_followers": creator.followers,
        "creator_email_listed": creator.email_listed,
    }
    if attempt is not None and attempt.step == 0:
        described["creator_content"] = [post.text for post in creator.captions]
    return described
