"""Whom a campaign writes to, and from which account."""

from __future__ import annotations

from collections.abc import Sequence

from examples.agency_quarter._brands import Account
from examples.agency_quarter._calendar import DAY
from examples.agency_quarter._campaigns import Campaign, Revisits
from examples.agency_quarter._chance import Chance
from examples.agency_quarter._history import History
from examples.agency_quarter._people import Creator

Target = tuple[Account, Creator]

_LEFT_ALONE_FOR = 31 * DAY
_TRIES = 30
_HOT_LIST = 0.35
"""The share of the fitting creators whom a campaign that sends in bursts keeps writing to."""


class Targets:
    """The accounts and the creators of each campaign."""

    def __init__(
        self,
        accounts: Sequence[Account],
        people: Sequence[Creator],
        history: History,
        chance: Chance,
    ) -> None:
        self._accounts = accounts
        self._people = people
        self._history = history
        self._chance = chance
        self._fitting: dict[tuple[str, str], list[Creator]] = {}
        self._written_to: set[tuple[str, Account, str]] = set()

    def accounts(self, campaign: Campaign) -> dict[str, list[Account]]:
        """Return the accounts that a campaign writes from, by platform."""
        by_platform: dict[str, list[Account]] = {}
        for account in self._accounts:
            if account.brand == campaign.brand and account.platform in campaign.platforms:
                by_platform.setdefault(account.platform, []).append(account)
        return {
            platform: self._some(accounts, campaign.accounts_each)
            for platform, accounts in by_platform.items()
        }

    def choose(self, campaign: Campaign, account: Account, moment: int) -> Target | None:
        """Return somebody whom the campaign may write to now, or None if nobody turns up.

        A campaign that listens leaves alone whom the workspace wrote to in the last 31 days; one
        with revisits comes back, from the same account, to whom another campaign wrote before.
        """
        for _ in range(_TRIES):
            target = self._candidate(campaign, account, moment)
            if target is None:
                continue
            account, creator = target
            written = campaign.campaign_id, account, creator.creator_id
            if written in self._written_to or not self._is_polite(campaign, target, moment):
                continue
            self._written_to.add(written)
            return target
        return None

    def _candidate(self, campaign: Campaign, account: Account, moment: int) -> Target | None:
        revisits = campaign.revisits
        if revisits is not None and self._chance.happens(revisits.share):
            return self._earlier(revisits, moment)
        fitting = self._fitting_people(campaign, account.platform)
        return (account, self._chance.pick(fitting)) if fitting else None

    def _earlier(self, revisits: Revisits, moment: int) -> Target | None:
        attempts = self._history.attempts.get(revisits.campaign_id)
        if not attempts:
            return None
        attempt = self._chance.pick(attempts)
        long_enough_ago = attempt.opened_at <= moment - revisits.after
        conversation = attempt.conversation
        return (conversation.account, conversation.creator) if long_enough_ago else None

    def _is_polite(self, campaign: Campaign, target: Target, moment: int) -> bool:
        """Tell whether the target has been left alone, or the campaign does not care."""
        account, creator = target
        return self._history.is_fresh(
            account.workspace, creator, moment - _LEFT_ALONE_FOR
        ) or not self._chance.happens(campaign.manner.listens)

    def _fitting_people(self, campaign: Campaign, platform: str) -> list[Creator]:
        key = campaign.campaign_id, platform
        if key not in self._fitting:
            fitting = [
                creator
                for creator in self._people
                if creator.platform == platform
                and creator.posts_in in campaign.texts
                and creator.niche in campaign.niches
            ]
            if campaign.manner.bursts:
                fitting = fitting[: max(1, int(len(fitting) * _HOT_LIST))]
            self._fitting[key] = fitting
        return self._fitting[key]

    def _some(self, accounts: Sequence[Account], count: int) -> list[Account]:
        """Return this many of the accounts, or all, beginning anywhere and going round."""
        start = self._chance.between(0, len(accounts) - 1)
        turned = [*accounts[start:], *accounts[:start]]
        return turned[:count]
