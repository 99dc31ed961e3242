"""Policies to begin with, and what to ask them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from pipeline.events import AccountId, CampaignId, Platform, WorkspaceId
from pipeline.policy import DEFAULT_POLICY, Limits, Policy

Loader = Callable[[str], Policy]

counts = st.integers(0, 99)
selections = st.fixed_dictionaries(
    {},
    optional={
        "workspace": st.sampled_from(["a", "b"]),
        "platform": st.sampled_from([platform.value for platform in Platform]),
        "campaign": st.sampled_from(["a", "b"]),
        "account": st.sampled_from(["a", "b"]),
    },
).filter(bool)


def limits(
    policy: Policy,
    workspace: str = "northfold",
    platform: Platform = Platform.INSTAGRAM,
    account: str = "brand",
    campaign: str = "spring",
) -> Limits:
    """Ask the limits of a touch of which only some names matter."""
    return policy.limits(WorkspaceId(workspace), platform, AccountId(account), CampaignId(campaign))


def own_document(own: dict[str, Any]) -> str:
    """Write the document of the shipped policy with these changes."""
    return json.dumps(json.loads(DEFAULT_POLICY.document()) | {"own": own})
