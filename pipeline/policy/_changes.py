"""Where a policy differs from the defaults."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from pipeline.events import Platform
from pipeline.policy._model import SELECTORS, Override, PolicyFile, Source
from pipeline.policy._policy import Policy


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One setting that is not as shipped; the values are written as in a file."""

    scope: str
    """Whom it concerns, such as `platform x, campaign spring`; `everyone` without selectors."""
    key: str
    default: str
    """The shipped value, and one for each platform where they differ."""
    value: str
    source: Source

    def __str__(self) -> str:
        return f"{self.scope}: {self.key} {self.default} -> {self.value} ({self.source})"


def changes_of(policy: Policy) -> tuple[Change, ...]:
    """Return every setting of the agency's own that differs from the shipped one, in order."""
    shipped = {platform: _shipped(policy.defaults, platform) for platform in Platform}
    return tuple(
        change for scope in policy.own.scopes() for change in _scope_changes(scope, shipped)
    )


def _scope_changes(scope: Override, shipped: dict[Platform, dict[str, str]]) -> Iterator[Change]:
    platforms = list(Platform) if scope.platform is None else [scope.platform]
    for key, setting in scope.settings().items():
        value = _written(scope, key)
        defaults = {platform: shipped[platform][key] for platform in platforms}
        if set(defaults.values()) != {value}:
            yield Change(
                scope=_scope_name(scope),
                key=key,
                default=_summary(defaults),
                value=value,
                source=setting.source,
            )


def _shipped(defaults: PolicyFile, platform: Platform) -> dict[str, str]:
    """Return the shipped settings of a platform."""
    return {
        key: _written(scope, key)
        for scope in defaults.scopes()
        if scope.platform in {None, platform}
        for key in scope.settings()
    }


def _written(scope: Override, key: str) -> str:
    return str(scope.model_dump(mode="json", include={key})[key]["value"])


def _scope_name(scope: Override) -> str:
    given = ((selector, getattr(scope, selector)) for selector in SELECTORS)
    return ", ".join(f"{selector} {name}" for selector, name in given if name) or "everyone"


def _summary(defaults: dict[Platform, str]) -> str:
    values = set(defaults.values())
    if len(values) == 1:
        return values.pop()
    return ", ".join(f"{platform} {value}" for platform, value in defaults.items())
