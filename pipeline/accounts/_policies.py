"""The policies that were ever loaded, as the timeline of what was in force when."""

from __future__ import annotations

from functools import lru_cache

from pipeline.accounts._state import POLICIES, Policies, PolicyInForce
from pipeline.keyed import KeyedState
from pipeline.policy import Policy, PolicyTimeline

_ONLY_KEY = ""
_NONE = Policies()


def policies_in(state: KeyedState) -> PolicyTimeline:
    """Return the timeline of a partition."""
    return _timeline_of(state.get(POLICIES, _ONLY_KEY) or _NONE)


def add_policies(state: KeyedState, loaded: list[PolicyInForce]) -> bool:
    """Add policies; return whether any of them was new."""
    there = state.get(POLICIES, _ONLY_KEY) or _NONE
    known = {policy.policy_id: policy for policy in there.loaded}
    merged = {policy.policy_id: policy for policy in loaded} | known
    if len(merged) == len(known):
        return False
    in_order = sorted(merged.values(), key=lambda policy: policy.policy_id)
    state.put(POLICIES, _ONLY_KEY, Policies(tuple(in_order)))
    return True


@lru_cache(maxsize=16)
def _timeline_of(policies: Policies) -> PolicyTimeline:
    return PolicyTimeline.of(
        [
            (policy.effective_from, policy.policy_id, Policy.from_document(policy.document))
            for policy in policies.loaded
        ]
    )
