"""The UTC days of accounts: what they sent, the daily cap, and their rate cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

import msgspec

from pipeline.accounts._active_days import ActiveDays
from pipeline.accounts._changes import (
    AccountChanges,
    MessageRef,
    ViolationRef,
    ViolationRow,
    note_differences,
)
from pipeline.accounts._judge import Judge, Judges
from pipeline.accounts._keys import Account, day_key
from pipeline.accounts._state import DAY, AccountDay, DayTouch
from pipeline.caps import affected, touches_in_day_before
from pipeline.conversation import DAY as DAY_LENGTH
from pipeline.conversation import TouchFacts
from pipeline.events import CreatorId, MessageId, Milliseconds
from pipeline.keyed import KeyedState
from pipeline.rates import (
    ResponseCell,
    ResponseCounts,
    StepCell,
    StepCounts,
    response_share,
    step_share,
)
from pipeline.rules import ACCOUNT_RULES, InAccount, broken

Cell = TypeVar("Cell", ResponseCell, StepCell)
Counts = TypeVar("Counts", ResponseCounts, StepCounts)

_EMPTY = AccountDay()


def day_of(at: Milliseconds) -> int:
    """Return the number of the UTC day that a moment lies in, counted from 1970-01-01."""
    return at // DAY_LENGTH


class _DayEdit:
    __slots__ = ("gone", "moments", "new", "responses", "steps")

    def __init__(self) -> None:
        self.gone: set[MessageId] = set()
        self.new: dict[MessageId, DayTouch] = {}
        self.moments: set[Milliseconds] = set()
        self.responses: list[tuple[ResponseCell, ResponseCounts, int]] = []
        self.steps: list[tuple[StepCell, StepCounts, int]] = []


class DayEdits:
    """Collects what a batch changes in the days of accounts."""

    def __init__(self, state: KeyedState) -> None:
        self._state = state
        self._edits: dict[Account, dict[int, _DayEdit]] = defaultdict(lambda: defaultdict(_DayEdit))

    def note(
        self,
        account: Account,
        creator_id: CreatorId,
        old: TouchFacts | None,
        new: TouchFacts | None,
    ) -> None:
        """Note a touch that changed: None where it was not there, or is no more."""
        was = None if old is None else _day_touch(creator_id, old)
        now = None if new is None else _day_touch(creator_id, new)
        days = self._edits[account]
        if was != now:
            if was is not None:
                edit = days[day_of(was.occurred_at)]
                edit.gone.add(was.message_id)
                edit.moments.add(was.occurred_at)
            if now is not None:
                edit = days[day_of(now.occurred_at)]
                edit.new[now.message_id] = now
                edit.moments.add(now.occurred_at)
        for facts, sign in ((old, -1), (new, 1)):
            if facts is None:
                continue
            response = response_share(facts)
            if response is not None:
                days[day_of(response[0].hour)].responses.append((*response, sign))
            step = step_share(facts)
            if step is not None:
                days[day_of(step[0].hour)].steps.append((*step, sign))

    def finish(self, judges: Judges, changes: AccountChanges) -> None:
        """Write the changed days; note changed cells, and touches whose daily cap changed."""
        self._state.prefetch(
            DAY,
            {
                day_key(account, day + near)
                for account, edits in self._edits.items()
                for day in edits
                for near in (-1, 0, 1)
            },
        )
        active_days = ActiveDays(self._state)
        for account, edits in self._edits.items():
            window = _Window(self._state, account)
            for day, edit in edits.items():
                before = window.before(day)
                responses, response_changes = _with_shares(before.responses, edit.responses)
                steps, step_changes = _with_shares(before.steps, edit.steps)
                if response_changes:
                    changes.response_cells.setdefault(account, {}).update(response_changes)
                if step_changes:
                    changes.step_cells.setdefault(account, {}).update(step_changes)
                after = AccountDay(_with_touches(before, edit), responses, steps)
                key = day_key(account, day)
                if after == _EMPTY:
                    self._state.delete(DAY, key)
                else:
                    self._state.put(DAY, key, after)
                if bool(before.touches) is not bool(after.touches):
                    active_days.note(account, day, active=bool(after.touches))
                window.set(day, after)
            for day, edit in edits.items():
                if edit.moments:
                    window.audit(day, edit.moments, judges, changes)
        active_days.finish()


class _Window:
    """The days of one account, before and after the batch."""

    def __init__(self, state: KeyedState, account: Account) -> None:
        self._state = state
        self._account = account
        self._before: dict[int, AccountDay] = {}
        self._after: dict[int, AccountDay] = {}

    def before(self, day: int) -> AccountDay:
        there = self._before.get(day)
        if there is None:
            there = self._state.get(DAY, day_key(self._account, day)) or _EMPTY
            self._before[day] = there
        return there

    def set(self, day: int, after: AccountDay) -> None:
        self._after[day] = after

    def audit(
        self, day: int, moments: Iterable[Milliseconds], judges: Judges, changes: AccountChanges
    ) -> None:
        """Compare the cap of each touch whose day before holds a moment, all moments in `day`.

        Such a touch lies in this day or the next, and what counts for it begins the day before.
        """
        around = (day - 1, day, day + 1)
        old = [touch for each in around for touch in self.before(each).touches]
        new = [
            touch for each in around for touch in self._after.get(each, self.before(each)).touches
        ]
        was = _over_cap(self._account, old, moments, judges.before)
        now = _over_cap(self._account, new, moments, judges.after)
        note_differences(was, now, changes.violations, changes.broken)


def _over_cap(
    account: Account, touches: list[DayTouch], moments: Iterable[Milliseconds], judge: Judge
) -> dict[ViolationRef, ViolationRow]:
    times = [touch.occurred_at for touch in touches]
    over = {}
    for index in affected(times, moments):
        touch = touches[index]
        limits = judge.limits(account, touch.campaign_id, touch.occurred_at)
        sent_in_day = InAccount(touches_in_day_before(times, index))
        for rule, detail in broken(ACCOUNT_RULES, limits, None, sent_in_day).items():
            ref = ViolationRef(
                MessageRef(account, touch.message_id), rule, touch.creator_id, touch.campaign_id
            )
            over[ref] = ViolationRow(touch.occurred_at, detail)
    return over


def _day_touch(creator_id: CreatorId, facts: TouchFacts) -> DayTouch:
    sent = facts.sent
    return DayTouch(sent.occurred_at, sent.event_id, sent.message_id, creator_id, facts.campaign_id)


def _with_touches(day: AccountDay, edit: _DayEdit) -> tuple[DayTouch, ...]:
    if not edit.moments:
        return day.touches
    touches = [touch for touch in day.touches if touch.message_id not in edit.gone]
    touches.extend(edit.new.values())
    touches.sort(key=_order)
    return tuple(touches)


def _order(touch: DayTouch) -> tuple[Milliseconds, str]:
    return touch.occurred_at, touch.event_id


def _with_shares(
    cells: tuple[tuple[Cell, Counts], ...], shares: list[tuple[Cell, Counts, int]]
) -> tuple[tuple[tuple[Cell, Counts], ...], dict[Cell, Counts]]:
    """Return the cells with shares added, but for zeros; and the counts that are different now."""
    if not shares:
        return cells, {}
    before = dict(cells)
    counts = before.copy()
    touched: dict[Cell, Counts] = {}
    for cell, share, sign in shares:
        zero = type(share)()
        touched[cell] = counts[cell] = counts.get(cell, zero).plus(share, sign)
    changed = {cell: now for cell, now in touched.items() if now != before.get(cell, type(now)())}
    kept = tuple(item for item in counts.items() if item[1] != type(item[1])())
    return kept, changed


def audit_days(state: KeyedState, judges: Judges, changes: AccountChanges) -> None:
    """Compare the cap of every touch of every account: a policy came."""
    for key, day in state.scan(DAY):
        *account, number = msgspec.json.decode(key)
        moments = {touch.occurred_at for touch in day.touches}
        if moments:
            _Window(state, Account(*account)).audit(number, moments, judges, changes)
