"""Creators answer, and a conversation may come of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from examples.agency_quarter._calendar import DAY, HOUR, MINUTE, SECOND, awake, in_office_hours
from examples.agency_quarter._chance import Curve
from examples.agency_quarter._history import Attempt
from examples.agency_quarter._odds import reply_moment
from examples.agency_quarter._stage import Stage

_SCRIPTS = {
    "positive": ("details", "next_step", "arrangement", "thanks"),
    "neutral": ("answer", "verdict"),
    "negative": ("regrets",),
    "out_of_office": (),
    "opt_out": (),
}
"""The turns after a reply of each class: the account's and the creator's, in turn."""

_GOES_ON = {"details": 0.95, "answer": 0.9, "regrets": 0.45, "arrangement": 0.9}
_ANSWERS_ON = {"next_step": 0.78, "verdict": 0.6, "thanks": 0.62}
_VERDICTS = {"positive": 5, "negative": 3, "neutral": 1}
_OWN_LANGUAGE = 0.6
"""How many of those who post in English answer in their own language."""
_QUOTES = 0.2
_ADDS_A_BUBBLE = 0.16
_QUICK_REPLY = 0.06
_NUDGE_AFTER: Curve = ((0, 49), (0.6, 90), (1, 170))

_ACCOUNT_MINUTES: Curve = ((0, 2), (0.4, 18), (0.75, 160), (1, 1_500))
_CREATOR_MINUTES: Curve = ((0, 1), (0.45, 9), (0.75, 130), (1, 2_400))


@dataclass(frozen=True, slots=True)
class Answering:
    """What happens from a creator's answer on."""

    stage: Stage

    def answer(self, attempt: Attempt, sent_at: int) -> None:
        """Note a reply to the touch of this moment, and whatever follows from it."""
        attempt.answering = True
        creator = attempt.conversation.creator
        reply_class = self.stage.chance.weighted(attempt.campaign.manner.classes)
        moment = reply_moment(sent_at, creator, self.stage.chance)
        if reply_class == "out_of_office":
            moment = sent_at + self.stage.chance.between(1, 40) * SECOND
        self.stage.agenda.note(moment, lambda now: self._reply(attempt, reply_class, now))

    def _reply(self, attempt: Attempt, reply_class: str, moment: int) -> None:
        stage, conversation = self.stage, attempt.conversation
        if reply_class == "opt_out":
            stage.history.opt_out(conversation)
        if reply_class == "out_of_office" and stage.chance.happens(0.35):
            self._back_from_leave(attempt, moment)
        taps = reply_class == "positive" and stage.chance.happens(_QUICK_REPLY)
        end = self._creator_says(attempt, "quick_reply" if taps else reply_class, moment)
        self._account_turn(attempt, _SCRIPTS[reply_class], end)

    def _back_from_leave(self, attempt: Attempt, moment: int) -> None:
        """Note what the creator says after their leave: an account wrote meanwhile or not."""
        chance = self.stage.chance
        back = awake(
            moment + chance.between(4, 16) * DAY,
            attempt.conversation.creator.offset_minutes,
            chance,
        )
        reply_class = chance.weighted(_VERDICTS)
        self.stage.agenda.note(back, lambda now: self._reply(attempt, reply_class, now))

    def _account_turn(self, attempt: Attempt, script: Sequence[str], moment: int) -> None:
        if not script or not self.stage.chance.happens(_GOES_ON[script[0]]):
            return
        wait = int(self.stage.chance.along(_ACCOUNT_MINUTES) * MINUTE)
        creator = attempt.conversation.creator
        start = in_office_hours(moment + wait, creator.offset_minutes, self.stage.chance)
        self.stage.agenda.note(start, lambda now: self._account_speaks(attempt, script, now))

    def _account_speaks(self, attempt: Attempt, script: Sequence[str], moment: int) -> None:
        chance, creator = self.stage.chance, attempt.conversation.creator
        end = self._account_says(attempt, script[0], moment)
        rest = script[1:]
        if rest and chance.happens(_ANSWERS_ON[rest[0]]):
            wait = int(chance.along(_CREATOR_MINUTES) * MINUTE) + chance.between(0, MINUTE)
            start = awake(end + wait, creator.offset_minutes, chance)
            self.stage.agenda.note(start, lambda now: self._creator_turn(attempt, rest, now))
        elif rest and chance.happens(0.5):
            wait = int(chance.along(_NUDGE_AFTER) * HOUR)
            start = in_office_hours(end + wait, creator.offset_minutes, chance)
            self.stage.agenda.note(start, lambda now: self._nudge(attempt, rest, now))

    def _creator_turn(self, attempt: Attempt, script: Sequence[str], moment: int) -> None:
        if script[0] == "verdict":
            self._reply(attempt, self.stage.chance.weighted(_VERDICTS), moment)
            return
        end = self._creator_says(attempt, script[0], moment)
        self._account_turn(attempt, script[1:], end)

    def _nudge(self, attempt: Attempt, script: Sequence[str], moment: int) -> None:
        """Remind the creator once; a third of them come back to it."""
        chance = self.stage.chance
        end = self._account_says(attempt, "nudge", moment)
        if chance.happens(0.33):
            start = reply_moment(end, attempt.conversation.creator, chance)
            self.stage.agenda.note(start, lambda now: self._creator_turn(attempt, script, now))

    def _account_says(self, attempt: Attempt, what: str, moment: int) -> int:
        """Write down the bubbles of one turn, and return the moment of the last."""
        stage, conversation = self.stage, attempt.conversation
        creator = conversation.creator
        attempt.step += 1
        bubbles = stage.composer.said(what, creator.posts_in, conversation.account, creator, moment)
        for number, bubble in enumerate(bubbles):
            moment += stage.chance.between(15, 200) * SECOND * (number > 0)
            kind = "dm_sent" if stage.chance.happens(0.6) else "follow_up"
            named = attempt if stage.chance.happens(0.7) else None
            stage.journal.outbound(moment, kind, conversation, bubble, named)
        return moment

    def _creator_says(self, attempt: Attempt, what: str, moment: int) -> int:
        """Write down the bubbles of one turn, and return the moment of the last."""
        stage, conversation = self.stage, attempt.conversation
        chance, creator = stage.chance, conversation.creator
        language = creator.language if chance.happens(_OWN_LANGUAGE) else creator.posts_in
        bubbles = stage.composer.said(what, language, conversation.account, creator, moment)
        if what in ("positive", "next_step") and chance.happens(_ADDS_A_BUBBLE):
            bubbles += stage.composer.said("more", language, conversation.account, creator, moment)
        kind = "quick_reply" if what == "quick_reply" else "message"
        for number, bubble in enumerate(bubbles):
            moment += chance.between(4, 90) * SECOND * (number > 0)
            quotes = chance.happens(_QUOTES)
            stage.journal.inbound(moment, conversation, bubble, kind, quotes=quotes)
        return moment
