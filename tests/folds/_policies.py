"""Policies of the pipeline out of the limits of the reference."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import time
from typing import Any

from pipeline.accounts import PolicyInForce
from pipeline.events import Milliseconds
from pipeline.policy import DEFAULT_POLICY
from tests.reference import model

_SPANS = frozenset({"min_gap", "recontact_gap"})


@dataclass(frozen=True)
class Override:
    """Settings for the touches that match every selector given; None matches all of them."""

    settings: Mapping[str, Any]
    """Fields of the reference's limits."""
    workspace: str | None = None
    platform: str | None = None
    account: str | None = None
    campaign: str | None = None

    def matches(self, *names: str) -> bool:
        """Return whether it is meant for a workspace, platform, account and campaign."""
        selectors = (self.workspace, self.platform, self.account, self.campaign)
        pairs = zip(selectors, names, strict=True)
        return all(selector in {None, name} for selector, name in pairs)


@dataclass(frozen=True)
class Policy:
    """One policy as the reference computation and as the pipeline read it."""

    limits: model.Limits
    overrides: tuple[Override, ...] = ()
    zones: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """IANA zones by platform and account."""
    effective_from: int | None = None

    def limits_of(
        self, workspace: str, platform: str, account_id: str, campaign_id: str
    ) -> model.Limits:
        """Return the limits of a touch: of the overrides that match, later ones win."""
        limits = self.limits
        for override in self.overrides:
            if override.matches(workspace, platform, account_id, campaign_id):
                limits = replace(limits, **override.settings)
        return limits

    def zone_of(self, workspace: str, platform: str, account_id: str) -> str | None:
        """Return the zone of an account in any workspace."""
        del workspace
        return self.zones.get((platform, account_id))

    def in_force(self, policy_id: str) -> PolicyInForce:
        """Return the policy as an event of the log brings it."""
        start = None if self.effective_from is None else Milliseconds(self.effective_from)
        return PolicyInForce(policy_id, start, self._document())

    def _document(self) -> str:
        document = json.loads(DEFAULT_POLICY.document())
        document["own"] = {
            "rules": _written(asdict(self.limits)),
            "override": [
                {
                    name: value
                    for name, value in asdict(override).items()
                    if name != "settings" and value is not None
                }
                | _written(override.settings)
                for override in self.overrides
            ],
            "account": [
                {"platform": platform, "account": account, "timezone": zone}
                for (platform, account), zone in self.zones.items()
            ],
        }
        return json.dumps(document)


def _written(settings: Mapping[str, Any]) -> dict[str, Any]:
    return {name: {"value": _value(name, value)} for name, value in settings.items()}


def _value(name: str, value: Any) -> Any:  # noqa: ANN401 - a setting is of any type
    if value is None:
        return "off"
    if name in _SPANS:
        return f"{value}ms"
    if name == "quiet_hours":
        start, end = value
        return f"{_clock(start)}-{_clock(end)}"
    if isinstance(value, bool):
        return "on" if value else "off"
    return value


def _clock(at: time) -> str:
    return f"{at:%H:%M}"


def judged_by_time(
    events: Sequence[model.Event],
    policies: Sequence[Policy],
    classify: Callable[[str], str],
    pauses: Sequence[model.Pause] = (),
) -> model.Result:
    """Return what the reference computes when each touch is judged by the policy of its time.

    Of policies that begin at once the last one counts: their ids are to grow with their places.
    """
    results = [
        model.compute(events, classify, policy.limits_of, policy.zone_of, pauses)
        for policy in policies
    ]
    touches = results[0].touches
    in_force = {key: _in_force(policies, row.sent_at) for key, row in touches.items()}
    violations = {
        violation
        for place, result in enumerate(results)
        for violation in result.violations
        if in_force[violation[:4]] == place
    }
    return replace(results[0], violations=violations)


def _in_force(policies: Sequence[Policy], at: int) -> int:
    """Return the place of the policy that came into force last, or of the first to come."""
    starts = [-1 if each.effective_from is None else each.effective_from for each in policies]
    begun = [start for start in starts if start <= at] or [min(starts)]
    return max(place for place, start in enumerate(starts) if start == max(begun))
