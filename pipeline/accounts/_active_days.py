"""Which accounts sent anything on which UTC day: what leads to touches by their time.

Without it whoever asks for the touches since a moment would read all that were ever sent. It
changes once for an account and a day, so that it costs the days nothing to speak of.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from operator import attrgetter

from pipeline.accounts._keys import Account, day_key, workspace_day_key
from pipeline.accounts._state import (
    ACCOUNTS_OF_DAY,
    DAY,
    DAYS_OF_WORKSPACE,
    AccountsOfDay,
    DaysOfWorkspace,
    DayTouch,
)
from pipeline.conversation import DAY as DAY_LENGTH
from pipeline.events import WorkspaceId
from pipeline.keyed import KeyedState
from pipeline.pauses import Interval

_NO_ACCOUNTS = AccountsOfDay()
_NO_DAYS = DaysOfWorkspace()


class ActiveDays:
    """Collects which accounts became active on a day, or are not any more."""

    def __init__(self, state: KeyedState) -> None:
        self._state = state
        self._changed: dict[tuple[WorkspaceId, int], dict[Account, bool]] = defaultdict(dict)

    def note(self, account: Account, day: int, *, active: bool) -> None:
        """Note that the account's first touch of a day came, or that its last one went."""
        self._changed[account.workspace, day][account] = active

    def finish(self) -> None:
        """Write what changed."""
        state = self._state
        state.prefetch(ACCOUNTS_OF_DAY, [workspace_day_key(*each) for each in self._changed])
        days: dict[WorkspaceId, dict[int, bool]] = defaultdict(dict)
        for (workspace, day), changed in self._changed.items():
            key = workspace_day_key(workspace, day)
            before = state.get(ACCOUNTS_OF_DAY, key) or _NO_ACCOUNTS
            accounts = set(before.accounts)
            for account, active in changed.items():
                (accounts.add if active else accounts.discard)(account[1:])
            if bool(accounts) is not bool(before.accounts):
                days[workspace][day] = bool(accounts)
            if accounts:
                state.put(ACCOUNTS_OF_DAY, key, AccountsOfDay(tuple(sorted(accounts))))
            else:
                state.delete(ACCOUNTS_OF_DAY, key)
        for workspace, some in days.items():
            self._set_days(workspace, some)

    def _set_days(self, workspace: WorkspaceId, changed: Mapping[int, bool]) -> None:
        days = set((self._state.get(DAYS_OF_WORKSPACE, workspace) or _NO_DAYS).days)
        for day, active in changed.items():
            (days.add if active else days.discard)(day)
        if days:
            self._state.put(DAYS_OF_WORKSPACE, workspace, DaysOfWorkspace(tuple(sorted(days))))
        else:
            self._state.delete(DAYS_OF_WORKSPACE, workspace)


def touches_within(
    state: KeyedState, workspace: WorkspaceId, time: Interval
) -> Iterator[tuple[Account, DayTouch]]:
    """Yield the touches that the accounts of a workspace sent in a time.

    Reads what lies on its days, and nothing else.
    """
    days = (state.get(DAYS_OF_WORKSPACE, workspace) or _NO_DAYS).days
    for day in days[bisect_left(days, time.start // DAY_LENGTH) :]:
        if time.end is not None and day * DAY_LENGTH >= time.end:
            break
        active = state.get(ACCOUNTS_OF_DAY, workspace_day_key(workspace, day)) or _NO_ACCOUNTS
        accounts = [Account(workspace, *each) for each in active.accounts]
        state.prefetch(DAY, [day_key(account, day) for account in accounts])
        for account in accounts:
            there = state.get(DAY, day_key(account, day))
            touches = () if there is None else there.touches
            for touch in touches[bisect_left(touches, time.start, key=_sent_at) :]:
                if time.end is not None and touch.occurred_at >= time.end:
                    break
                yield account, touch


_sent_at = attrgetter("occurred_at")
