"""Which policy was in force when."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from pipeline.events import Milliseconds
from pipeline.policy._file import DEFAULT_POLICY
from pipeline.policy._policy import Policy

Entry = tuple[Milliseconds | None, str, Policy]
"""From when (None: from the beginning of time), the policy's id, and the policy."""


class PolicyTimeline:
    """All policies that were ever published, each in force until the next. Immutable."""

    __slots__ = ("_entries", "_policies", "_starts", "caps_campaigns")

    def __init__(self, entries: frozenset[Entry] = frozenset()) -> None:
        """Use `PolicyTimeline.of`, which takes the entries in any order."""
        self._entries = entries
        # Of several that begin at once the last, which has the greatest id, stays.
        in_force = {start: policy for start, _, policy in sorted(entries, key=_order)}
        self._starts = tuple(-1 if start is None else start for start in in_force)
        self._policies = tuple(in_force.values()) or (DEFAULT_POLICY,)
        self.caps_campaigns = any(policy.caps_campaigns for policy in self._policies)
        """Whether `campaign_daily_cap` is on for any touch of any time."""

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> PolicyTimeline:
        """Return the timeline of these policies; their order means nothing."""
        return cls(frozenset(entries))

    def at(self, moment: Milliseconds) -> Policy:
        """Return the policy that is in force at the moment.

        That is the one that came into force last, and of several at once the one of the greatest
        id. Before the first came into force it applies all the same; where there is none, the
        shipped defaults do.
        """
        policies = self._policies
        if len(policies) == 1:
            return policies[0]
        return policies[max(bisect_right(self._starts, moment) - 1, 0)]

    def with_policy(
        self, effective_from: Milliseconds | None, policy_id: str, policy: Policy
    ) -> PolicyTimeline:
        """Return the timeline with this policy too; itself when it has it already."""
        entry = (effective_from, policy_id, policy)
        return self if entry in self._entries else PolicyTimeline(self._entries | {entry})

    def __eq__(self, other: object) -> bool:
        return self._entries == other._entries if isinstance(other, PolicyTimeline) else False

    def __hash__(self) -> int:
        return hash(self._entries)


def _order(entry: Entry) -> tuple[int, str, str]:
    start, policy_id, policy = entry
    # Two policies of one id and moment cannot be told apart by them: any fixed order will do.
    return (-1 if start is None else start), policy_id, policy.document()
