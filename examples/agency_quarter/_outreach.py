"""Campaigns write to creators: openers and follow-ups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from examples.agency_quarter._answering import Answering
from examples.agency_quarter._calendar import HOUR, MINUTE, SECOND, in_office_hours
from examples.agency_quarter._campaigns import Campaign
from examples.agency_quarter._history import Attempt
from examples.agency_quarter._odds import reply_probability
from examples.agency_quarter._schedule import Opening, opening_hour, openings
from examples.agency_quarter._stage import Stage
from examples.agency_quarter._targets import Targets

_ACCEPTS_SILENTLY = 0.5
_ACCEPTS_AT_ONCE = {"instagram": 0.1, "tiktok": 0.25, "x": 0.35, "linkedin": 0.75}
_CALLED_DM_ALL_THE_SAME = 0.06
_FILED_ANYWAY = 4
"""How much likelier a send request is for a message that is then not sent."""


@dataclass(frozen=True, slots=True)
class Outreach:
    """Everything that the campaigns of a quarter send."""

    stage: Stage
    answering: Answering
    targets: Targets

    def plan(self, campaigns: Sequence[Campaign], openers: int) -> None:
        """Note this many openers, shared out by the campaigns' weights."""
        total = sum(campaign.weight for campaign in campaigns)
        for campaign in campaigns:
            count = round(openers * campaign.weight / total)
            for opening in openings(campaign, self.targets.accounts(campaign), count, self.stage):
                self._note(opening)

    def _note(self, opening: Opening) -> None:
        self.stage.agenda.note(opening.planned_at, lambda now: self._choose(opening, now))

    def _choose(self, opening: Opening, moment: int) -> None:
        """Find somebody to write to, and note the opener."""
        campaign, chance = opening.campaign, self.stage.chance
        target = self.targets.choose(campaign, opening.account, moment)
        if target is None:
            return
        account, creator = target
        sent_at = moment
        if campaign.manner.bursts == 0:
            sent_at = opening_hour(opening, creator, chance)
        conversation = self.stage.history.conversation(account, creator)
        if not conversation.accepted:
            conversation.accepted = chance.happens(_ACCEPTS_AT_ONCE[creator.platform])
        template = chance.pick(campaign.templates)
        follow_ups = chance.weighted(campaign.manner.follow_ups)
        attempt = Attempt(campaign, template, conversation, sent_at, follow_ups)
        self.stage.history.opened(attempt)
        self.stage.agenda.note(sent_at, lambda now: self._open(attempt, now))

    def _open(self, attempt: Attempt, moment: int) -> None:
        conversation = attempt.conversation
        body = self.stage.composer.opener(
            attempt.campaign, attempt.template, conversation.account, conversation.creator
        )
        self._send(attempt, body, moment)

    def _follow_up(self, attempt: Attempt, moment: int) -> None:
        conversation, chance = attempt.conversation, self.stage.chance
        if not conversation.accepted:
            conversation.accepted = chance.happens(_ACCEPTS_SILENTLY)
        attempt.step += 1
        body = self.stage.composer.follow_up(
            attempt.campaign, attempt.step, conversation.account, conversation.creator
        )
        if self._is_unwelcome(attempt) and chance.happens(attempt.campaign.manner.listens):
            if chance.happens(attempt.campaign.gated * _FILED_ANYWAY):
                self.stage.journal.request(moment, attempt, body)
            return
        self._send(attempt, body, moment)

    def _is_unwelcome(self, attempt: Attempt) -> bool:
        """Tell whether a considerate sender would leave the follow-up out."""
        conversation = attempt.conversation
        if conversation.creator.platform == "instagram" and not conversation.accepted:
            return True
        has_answered = attempt.answering and conversation.inbound > 0
        return has_answered or self.stage.history.has_opted_out(conversation)

    def _send(self, attempt: Attempt, body: str, moment: int) -> None:
        stage, campaign = self.stage, attempt.campaign
        if stage.chance.happens(campaign.gated):
            asked_at = moment - stage.chance.between(10 * SECOND, 12 * MINUTE)
            stage.journal.request(asked_at, attempt, body)
        kind = "dm_sent" if attempt.step == 0 else "follow_up"
        if attempt.step > 0 and stage.chance.happens(_CALLED_DM_ALL_THE_SAME):
            kind = "dm_sent"
        stage.journal.outbound(moment, kind, attempt.conversation, body, attempt)
        if not attempt.answering and stage.chance.happens(reply_probability(attempt, moment)):
            self.answering.answer(attempt, moment)
        if attempt.step < attempt.follow_ups:
            self._note_follow_up(attempt, moment)

    def _note_follow_up(self, attempt: Attempt, moment: int) -> None:
        manner, creator = attempt.campaign.manner, attempt.conversation.creator
        next_at = moment + int(self.stage.chance.along(manner.gap_hours) * HOUR)
        if manner.keeps_hours:
            next_at = in_office_hours(next_at, creator.offset_minutes, self.stage.chance)
        self.stage.agenda.note(next_at, lambda now: self._follow_up(attempt, now))
