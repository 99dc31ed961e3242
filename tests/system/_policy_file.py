"""Policies as the files that an operator writes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.folds._policies import Override, Policy
from tests.reference import model

SHIPPED = Policy(
    model.Limits(account_daily_cap=50),
    overrides=(
        Override({"max_pre_accept": 1}, platform="instagram"),
        Override({"max_pre_accept": 3}, platform="tiktok"),
        Override({"account_daily_cap": 500}, platform="x"),
    ),
)
"""The defaults, as product.md lists them."""


def write_policy(path: Path, policy: Policy) -> Path:
    """Write the policy as TOML, and return its path."""
    path.write_text("\n".join(_lines(policy)) + "\n", encoding="utf-8")
    return path


def _lines(policy: Policy) -> Iterator[str]:
    if policy.effective_from is not None:
        start = datetime.fromtimestamp(policy.effective_from / 1000, UTC)
        yield f"effective_from = {start.isoformat(timespec='milliseconds')}"
    own = json.loads(policy.in_force("any").document)["own"]
    yield from _table("[rules]", own["rules"])
    for override in own["override"]:
        yield from _table("[[override]]", override)
    for account in own["account"]:
        yield from _table("[[account]]", account)


def _table(head: str, fields: Mapping[str, Any]) -> Iterator[str]:
    yield head
    for name, value in fields.items():
        bare = value["value"] if isinstance(value, dict) else value
        yield f"{name} = {json.dumps(bare, ensure_ascii=False)}"
