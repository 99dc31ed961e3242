"""People write to brands of their own accord."""

from __future__ import annotations

from collections.abc import Sequence

from examples.agency_quarter._brands import Account
from examples.agency_quarter._calendar import (
    DAY,
    HOUR,
    MINUTE,
    QUARTER_ENDS,
    QUARTER_STARTS,
    SECOND,
    awake,
)
from examples.agency_quarter._history import Conversation
from examples.agency_quarter._people import Creator
from examples.agency_quarter._stage import Stage

_KINDS = {"message": 60, "story_reply": 18, "story_mention": 9, "quick_reply": 13}
_WARM = 0.12
"""The share of those who write to an account that opens a conversation with them later."""
_IS_ANSWERED = 0.05
_SECOND_BUBBLE = 0.25


class Audience:
    """Writes what people send to the accounts unasked."""

    def __init__(
        self, stage: Stage, accounts: Sequence[Account], people: Sequence[Creator]
    ) -> None:
        """Take the stage as it is once all outreach is done."""
        self._stage = stage
        self._people: dict[str, list[Creator]] = {}
        for creator in people:
            self._people.setdefault(creator.platform, []).append(creator)
        self._accounts = [account for account in accounts if account.platform in self._people]
        self._opened = [
            conversation
            for conversation in stage.history.conversations.values()
            if conversation.opened_at is not None
        ]

    def one_writes(self) -> None:
        """Write down what one person sends, at some moment of the quarter."""
        chance = self._stage.chance
        if self._opened and chance.happens(_WARM):
            _before_the_opener(self._stage, chance.pick(self._opened))
            return
        account = chance.pick(self._accounts)
        _out_of_the_blue(self._stage, account, chance.pick(self._people[account.platform]))


def _before_the_opener(stage: Stage, conversation: Conversation) -> None:
    assert conversation.opened_at is not None
    moment = conversation.opened_at - stage.chance.between(2 * HOUR, 6 * DAY)
    if moment >= QUARTER_STARTS:
        _thread(stage, conversation, moment)


def _out_of_the_blue(stage: Stage, account: Account, creator: Creator) -> None:
    conversation = stage.history.conversation(account, creator)
    if conversation.opened_at is not None:
        return
    moment = stage.chance.between(QUARTER_STARTS, QUARTER_ENDS - DAY)
    end = _thread(stage, conversation, awake(moment, creator.offset_minutes, stage.chance))
    if stage.chance.happens(_IS_ANSWERED):
        body = stage.composer.audience("answers", account, creator)
        answered_at = awake(
            end + stage.chance.between(5, 600) * MINUTE, creator.offset_minutes, stage.chance
        )
        stage.journal.outbound(answered_at, "dm_sent", conversation, body, None)


def _thread(stage: Stage, conversation: Conversation, moment: int) -> int:
    """Write down one message or two, and return the moment of the last."""
    kind = stage.chance.weighted(_KINDS)
    _say(stage, conversation, kind, moment)
    if kind == "message" and stage.chance.happens(_SECOND_BUBBLE):
        moment += stage.chance.between(6, 240) * SECOND
        _say(stage, conversation, kind, moment)
    return moment


def _say(stage: Stage, conversation: Conversation, kind: str, moment: int) -> None:
    body = stage.composer.audience(kind, conversation.account, conversation.creator)
    stage.journal.inbound(moment, conversation, body, kind, quotes=False)
