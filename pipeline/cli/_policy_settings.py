"""What a policy amounts to: every setting, for whom, and where its value comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.events import Platform
from pipeline.policy import Policy, Source

_SELECTORS = ("workspace", "platform", "campaign", "account")
_NARROW = ("workspace", "campaign", "account")


@dataclass(frozen=True, slots=True)
class EffectiveSetting:
    """A value that holds for somebody."""

    key: str
    scope: str
    """`everyone`, platforms, or whom an override names."""
    value: str
    source: Source
    note: str
    is_own: bool
    """Whether it stands in the agency's file, rather than in the shipped defaults."""


def effective_settings(policy: Policy) -> Iterator[EffectiveSetting]:
    """Yield what holds on each platform, and after it what overrides change for some there.

    Grouped by key, in the order of the defaults. Overrides for the same touch apply in their order.
    """
    on_platforms: dict[str, dict[Platform, EffectiveSetting]] = {}
    for_some: dict[str, list[EffectiveSetting]] = {}
    for file in (policy.defaults, policy.own):
        for scope in file.scopes():
            for key, setting in scope.settings().items():
                found = EffectiveSetting(
                    key=key,
                    scope=", ".join(
                        f"{selector} {getattr(scope, selector)}"
                        for selector in _SELECTORS
                        if getattr(scope, selector) is not None
                    ),
                    value=str(setting.model_dump(mode="json")["value"]),
                    source=setting.source,
                    note=setting.note,
                    is_own=file is policy.own,
                )
                if any(getattr(scope, selector) is not None for selector in _NARROW):
                    for_some.setdefault(key, []).append(found)
                    continue
                concerned = Platform if scope.platform is None else (scope.platform,)
                for platform in concerned:
                    on_platforms.setdefault(key, {})[platform] = found
    for key, by_platform in on_platforms.items():
        yield from _together(by_platform)
        yield from for_some.get(key, ())


def _together(by_platform: dict[Platform, EffectiveSetting]) -> Iterator[EffectiveSetting]:
    """Yield one setting for all platforms on which the same one holds."""
    in_order = sorted(by_platform, key=list(Platform).index)
    for _, platforms in groupby(in_order, key=lambda platform: id(by_platform[platform])):
        names = list(platforms)
        is_everyone = len(names) == len(Platform)
        scope = "everyone" if is_everyone else ", ".join(names)
        yield replace(by_platform[names[0]], scope=scope)
