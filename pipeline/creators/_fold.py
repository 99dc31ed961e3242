"""Fold what accounts say of their touches into what is known of each creator."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from pipeline.accounts import (
    Account,
    Broken,
    MessageRef,
    ViolationRef,
    ViolationRow,
    note_differences,
)
from pipeline.conversation import DAY
from pipeline.creators._state import (
    HISTORY,
    Creator,
    CreatorHistory,
    KnownOptOut,
    KnownTouch,
)
from pipeline.events import AccountId, EventId, MessageId, Milliseconds
from pipeline.keyed import KeyedState, key_of
from pipeline.policy import Limits
from pipeline.rules import CREATOR_RULES, WithCreator, broken

CONTACT_WINDOW = 30 * DAY
"""Attempts opened less than this before an opener count for `creator_contact_cap`."""

_NOTHING = CreatorHistory()

Known = TypeVar("Known", KnownTouch, KnownOptOut)


class ContactUpdate(NamedTuple):
    """How the touches and opt-outs of one account with a creator are now; None is gone."""

    creator: Creator
    account_id: AccountId
    touches: dict[MessageId, KnownTouch | None]
    opt_outs: dict[MessageId, KnownOptOut | None]


class _Pending(NamedTuple):
    """What changes about one creator, by account and message."""

    touches: dict[tuple[AccountId, MessageId], KnownTouch | None]
    opt_outs: dict[tuple[AccountId, MessageId], KnownOptOut | None]


def fold_contacts(
    state: KeyedState, updates: Iterable[ContactUpdate], broken: Broken | None = None
) -> dict[ViolationRef, ViolationRow]:
    """Fold updates, and return the violations that are different now; note them in `broken`, too.

    Updates of one account about one creator come in the order in which they were made; between
    accounts their order changes nothing in the end.
    """
    changed: dict[ViolationRef, ViolationRow] = {}
    by_creator = _by_creator(updates)
    state.prefetch(HISTORY, [key_of(*creator) for creator in by_creator])
    for creator, pending in by_creator.items():
        key = key_of(*creator)
        before = state.get(HISTORY, key) or _NOTHING
        after = CreatorHistory(
            touches=_replaced(before.touches, pending.touches),
            opt_outs=_replaced(before.opt_outs, pending.opt_outs),
        )
        if before == after:
            continue
        if after == _NOTHING:
            state.delete(HISTORY, key)
        else:
            state.put(HISTORY, key, after)
        was, now = _judge(creator, before), _judge(creator, after)
        note_differences(was, now, changed, broken)
    return changed


def _by_creator(updates: Iterable[ContactUpdate]) -> dict[Creator, _Pending]:
    by_creator: dict[Creator, _Pending] = {}
    for update in updates:
        pending = by_creator.setdefault(update.creator, _Pending({}, {}))
        account_id = update.account_id
        for message_id, touch in update.touches.items():
            pending.touches[account_id, message_id] = touch
        for message_id, opt_out in update.opt_outs.items():
            pending.opt_outs[account_id, message_id] = opt_out
    return by_creator


def _replaced(
    there: tuple[Known, ...], changes: dict[tuple[AccountId, MessageId], Known | None]
) -> tuple[Known, ...]:
    if not changes:
        return there
    kept = [known for known in there if (known.account_id, known.message_id) not in changes]
    kept.extend(known for known in changes.values() if known is not None)
    kept.sort(key=_rank)
    return tuple(kept)


def _rank(known: KnownTouch | KnownOptOut) -> tuple[Milliseconds, EventId, AccountId]:
    return known.rank


def _judge(creator: Creator, history: CreatorHistory) -> dict[ViolationRef, ViolationRow]:
    """Return every rule that a touch to the creator breaks."""
    first = history.opt_outs[0] if history.opt_outs else None
    opened: list[Milliseconds] = []
    found = {}
    for touch in history.touches:
        at = touch.occurred_at
        in_window = len(opened) - bisect_right(opened, at - CONTACT_WINDOW)
        asked = first if first is not None and first.rank < touch.rank else None
        moment = WithCreator(
            opens_attempt=touch.opens_attempt,
            attempts_in_window=in_window,
            opted_out_at=asked.occurred_at if asked else None,
            opted_out_to=asked.account_id if asked else None,
        )
        for rule, detail in broken(CREATOR_RULES, _limits(touch), touch.phase, moment).items():
            account = Account(creator.workspace, creator.platform, touch.account_id)
            message = MessageRef(account, touch.message_id)
            ref = ViolationRef(message, rule, creator.creator_id, touch.campaign_id)
            found[ref] = ViolationRow(at, detail)
        if touch.opens_attempt:
            opened.append(at)
    return found


def _limits(touch: KnownTouch) -> Limits:
    return Limits(creator_contact_cap=touch.contact_cap, opted_out=touch.opted_out_binds)
