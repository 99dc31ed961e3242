"""A policy: what the rules' settings are, for whom."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pipeline.events import AccountId, CampaignId, Milliseconds, Platform, WorkspaceId
from pipeline.policy._limits import Limits
from pipeline.policy._model import AccountZone, Override, PolicyFile
from pipeline.policy._problems import PolicyError, Problem
from pipeline.policy._reading import read_tables

_DOCUMENT = "policy document"
_REMEMBERED = 65_536


class Policy:
    """The defaults and what an agency changes of them. Immutable; equal where their documents are.

    Later settings win over earlier ones: the defaults' `[rules]`, the defaults' overrides in their
    order, then `[rules]` and the overrides of the agency's own file.
    """

    __slots__ = ("_caps_campaigns", "_defaults", "_document", "_limits", "_named", "_own", "_zones")

    def __init__(self, defaults: PolicyFile, own: PolicyFile) -> None:
        self._defaults = defaults
        self._own = own
        self._document = json.dumps(
            {"defaults": _canonical(defaults), "own": _canonical(own)},
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )
        scopes = list(_scopes(defaults, own))
        self._named = tuple(
            frozenset(getattr(scope, selector) for scope, _ in scopes)
            for selector in ("workspace", "account", "campaign")
        )
        self._caps_campaigns = any(
            settings.get("campaign_daily_cap") is not None for _, settings in scopes
        )
        self._limits = lru_cache(maxsize=_REMEMBERED)(_Resolver(scopes))
        self._zones = {
            (entry.workspace, entry.platform, entry.account): entry.timezone
            for entry in (*defaults.account, *own.account)
        }

    @classmethod
    def from_document(cls, document: str) -> Policy:
        """Return the policy whose `document` this is. Raises PolicyError when it is none."""
        try:
            parts = json.loads(document)
        except (ValueError, RecursionError) as error:
            raise _no_document(f"no JSON ({error})") from None
        if not isinstance(parts, dict) or parts.keys() != {"defaults", "own"}:
            raise _no_document("another JSON value")
        return cls(*(read_tables(parts[part], _DOCUMENT, {}) for part in ("defaults", "own")))

    @property
    def defaults(self) -> PolicyFile:
        """What holds where the agency changes nothing."""
        return self._defaults

    @property
    def own(self) -> PolicyFile:
        """What the agency changes."""
        return self._own

    @property
    def effective_from(self) -> Milliseconds | None:
        """From when the policy is in force; None where it does not say."""
        return self._own.effective_from

    @property
    def caps_campaigns(self) -> bool:
        """Whether `campaign_daily_cap` is on for any touch at all."""
        return self._caps_campaigns

    def limits(
        self, workspace: WorkspaceId, platform: Platform, account: AccountId, campaign: CampaignId
    ) -> Limits:
        """Return the settings for a touch of this account and campaign."""
        workspaces, accounts, campaigns = self._named
        # A name that no override selects by makes no difference: it need not be remembered.
        return self._limits(
            workspace if workspace in workspaces else None,
            platform,
            account if account in accounts else None,
            campaign if campaign in campaigns else None,
        )

    def pause_at(self, workspace: WorkspaceId, campaign: CampaignId) -> int | None:
        """Return the spam risk at which a campaign is paused; None: it never is by itself."""
        workspaces, _, campaigns = self._named
        return self._limits(
            workspace if workspace in workspaces else None,
            None,
            None,
            campaign if campaign in campaigns else None,
        ).pause_at

    def account_timezone(
        self, workspace: WorkspaceId, platform: Platform, account: AccountId
    ) -> str | None:
        """Return the IANA zone of the account; an entry that names its workspace goes first."""
        zone = self._zones.get((workspace, platform, account))
        return self._zones.get((None, platform, account)) if zone is None else zone

    def document(self) -> str:
        """Return the whole policy, the defaults included, as canonical JSON."""
        return self._document

    def __eq__(self, other: object) -> bool:
        return self._document == other._document if isinstance(other, Policy) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._document)

    def __repr__(self) -> str:
        return f"Policy.from_document({self._document!r})"


class _Resolver:
    """Works out the limits of those touches whose names these are; None is any name not named.

    Without a platform those of a whole campaign.
    """

    def __init__(self, scopes: list[tuple[Override, dict[str, Any]]]) -> None:
        self._scopes = scopes

    def __call__(
        self,
        workspace: str | None,
        platform: Platform | None,
        account: str | None,
        campaign: str | None,
    ) -> Limits:
        values: dict[str, Any] = {}
        for scope, settings in self._scopes:
            if (
                scope.workspace in {None, workspace}
                and scope.platform in {None, platform}
                and scope.account in {None, account}
                and scope.campaign in {None, campaign}
            ):
                values.update(settings)
        return Limits(**values)


def _scopes(*files: PolicyFile) -> Iterator[tuple[Override, dict[str, Any]]]:
    """Yield who is meant and what is set for them, earlier before later."""
    for file in files:
        for scope in file.scopes():
            yield scope, {key: setting.value for key, setting in scope.settings().items()}


def _canonical(file: PolicyFile) -> dict[str, Any]:
    ordered = file.model_copy(update={"account": tuple(sorted(file.account, key=_identity))})
    return ordered.model_dump(mode="json", exclude_defaults=True)


def _identity(entry: AccountZone) -> tuple[str, str, str]:
    return entry.workspace or "", entry.platform, entry.account


def _no_document(given: str) -> PolicyError:
    allowed = "the JSON that Policy.document() returns"
    return PolicyError([Problem(file=_DOCUMENT, key="", line=None, given=given, allowed=allowed)])
