from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.alerts import (
    Alert,
    AlertChange,
    DeliveryRecord,
    Notice,
    Outcome,
    Route,
    Routing,
    Standing,
    fold_deliveries,
    idempotency_key,
    next_notice,
    repeated_notice,
    standing_of,
)
from pipeline.events import Milliseconds
from tests.alerts._facts import MINUTE, alert, courses, told
from tests.folds._system import MemoryState

ALWAYS = Milliseconds(0)
EVERYTHING = Routing((Route(("on-call", "slack")),))


def standing(*records: DeliveryRecord) -> Standing:
    """Return how far notifiers have been told of the alert."""
    state = MemoryState()
    fold_deliveries(state, records)
    return standing_of(state, alert().alert_id)


def following(
    *records: DeliveryRecord,
    routing: Routing = EVERYTHING,
    in_use_since: Milliseconds | None = ALWAYS,
    tried: bool = False,
) -> Notice | None:
    """Return what the notifier has to be told next."""
    return next_notice(standing(*records), "on-call", routing, in_use_since, tried=tried)


def said(notice: Notice | None) -> tuple[AlertChange, int, int, bool] | None:
    """Return what a notice says: the change, which one it is, whose key it bears, if it is new."""
    if notice is None:
        return None
    keys = [idempotency_key(notice.alert.alert_id, each, "on-call") for each in range(10)]
    return notice.alert.change, notice.alert.sequence, keys.index(notice.key), notice.first


OPENED, UPDATED, RESOLVED = AlertChange


def test_an_opening_is_told() -> None:
    """Nobody knows of the alert."""
    assert said(following(alert())) == (OPENED, 0, 0, True)


def test_nothing_is_told_twice() -> None:
    """Who has been told is told no more, whichever change it was."""
    assert following(alert(), told(0)) is None
    assert following(alert(), alert(1), told(1)) is None
    assert following(told(0)) is None


def test_only_the_newest_change_is_told() -> None:
    """Changes between the last one told and the newest are passed over."""
    changes = [alert(sequence, 80 + sequence) for sequence in range(5)]
    assert said(following(*changes, told(1))) == (UPDATED, 4, 4, False)


def test_who_hears_of_it_for_the_first_time_hears_that_it_opened() -> None:
    """The newest state is told as the opening, under its key."""
    assert said(following(alert(), alert(1, 90))) == (OPENED, 1, 0, True)


def test_what_may_have_been_told_is_told_word_for_word() -> None:
    """After a crash the opening is repeated as it was, and then the newest change is told."""
    changes = [alert(), alert(1, 90), alert(2, 70)]
    assert said(following(*changes, tried=True)) == (OPENED, 0, 0, True)
    assert said(following(*changes, told(0), tried=True)) == (UPDATED, 2, 2, False)


def test_what_is_over_is_told_once() -> None:
    """An alert that opened and ended while nobody could be told makes one notice."""
    over = [alert(), alert(1, 90), alert(2, 5, over=True)]
    for tried in (False, True):
        assert said(following(*over, tried=tried)) == (RESOLVED, 2, 2, True)
    assert said(following(*over, told(0))) == (RESOLVED, 2, 2, False)
    assert following(*over, told(2)) is None


def test_a_refused_opening_is_passed_over() -> None:
    """What was given up is not told again; the next change is then the first that it hears."""
    refused = told(0, outcome=Outcome.GIVEN_UP)
    assert following(alert(), refused) is None
    assert said(following(alert(), refused, alert(1, 90))) == (OPENED, 1, 0, True)
    assert said(following(alert(), refused, alert(1, 5, over=True))) == (RESOLVED, 1, 1, True)


def test_whatever_is_told_as_opened_bears_the_key_of_the_opening() -> None:
    """A receiver may keep what it answers with a refusal: it must not see a second alert."""
    refused: list[DeliveryRecord] = [alert(), told(0, outcome=Outcome.GIVEN_UP)]
    changes: list[DeliveryRecord] = [alert(1, 90), alert(2, 95)]
    assert said(following(*refused, *changes)) == (OPENED, 2, 0, True)
    assert said(following(*refused, *changes, tried=True)) == (OPENED, 1, 0, True)
    again: list[DeliveryRecord] = [*refused, *changes, told(1, outcome=Outcome.GIVEN_UP)]
    assert said(following(*again, tried=True)) == (OPENED, 2, 0, True)
    assert said(following(*refused, *changes, told(1), tried=True)) == (UPDATED, 2, 2, False)


def test_notifiers_are_told_apart() -> None:
    """What one of them knows is no news of another, and their keys differ."""
    records = standing(alert(), told(0, "slack"))
    notice = next_notice(records, "on-call", EVERYTHING, ALWAYS, tried=False)
    assert notice is not None
    assert next_notice(records, "slack", EVERYTHING, ALWAYS, tried=False) is None
    assert notice.key != idempotency_key(alert().alert_id, 0, "slack")


def test_a_route_takes_what_has_reached_its_risk() -> None:
    """The change that reaches it is the opening for who is told by it; then all are told."""
    grave = Routing((Route(("on-call",), at_least=90),))
    changes = [alert(0, 80), alert(1, 85), alert(2, 92)]
    assert following(*changes[:2], routing=grave) is None
    assert said(following(*changes, routing=grave)) == (OPENED, 2, 2, True)
    lower: list[DeliveryRecord] = [*changes, told(2), alert(3, 60)]
    assert said(following(*lower, routing=grave)) == (UPDATED, 3, 3, False)
    assert said(following(*lower, told(3), alert(4, 1, over=True), routing=grave)) == (
        RESOLVED,
        4,
        4,
        False,
    )


def test_what_never_reached_its_risk_is_not_told_at_its_end() -> None:
    """Who was told of no opening is told of no end."""
    grave = Routing((Route(("on-call",), at_least=90),))
    assert following(alert(), alert(1, 5, over=True), routing=grave) is None


def test_a_new_notifier_hears_of_what_is_open() -> None:
    """What was over before it came into use does not concern it."""
    over = [alert(), alert(5, 5, over=True)]
    for since in (None, Milliseconds(5 * MINUTE + 1)):
        assert said(following(alert(), in_use_since=since)) == (OPENED, 0, 0, True)
        assert following(*over, in_use_since=since) is None
    assert said(following(*over, in_use_since=Milliseconds(5 * MINUTE))) == (RESOLVED, 5, 5, True)
    assert said(following(*over, told(0), in_use_since=None)) == (RESOLVED, 5, 5, False)


def test_nobody_is_told_without_a_route() -> None:
    """Workspaces are apart."""
    other = Routing((Route(("on-call",), workspace="other"),))
    assert following(alert(), routing=other) is None


GRAVE = Routing((Route(("on-call",), at_least=90),))
ELSEWHERE = Routing((Route(("on-call",), workspace="other"), Route(("slack",))))


@pytest.mark.parametrize("changed", [GRAVE, ELSEWHERE])
def test_who_knows_of_an_alert_hears_of_its_end_whatever_the_routes_are_by_now(
    changed: Routing,
) -> None:
    """What was opened at a receiver is not left open there because the file was edited."""
    known: list[DeliveryRecord] = [alert(), told(0), alert(1, 85)]
    assert following(*known, routing=changed) is None
    over = alert(2, 5, over=True)
    assert said(following(*known, over, routing=changed)) == (RESOLVED, 2, 2, False)
    assert following(*known, over, told(2), routing=changed) is None
    assert following(alert(), over, routing=changed) is None


def repeated(*records: DeliveryRecord, routing: Routing = EVERYTHING) -> Notice | None:
    """Return what the notifier, one that forgets, has to be told again."""
    return repeated_notice(standing(*records), "on-call", routing)


def test_only_what_is_open_and_known_is_repeated() -> None:
    """One that forgets is told again what is open, as it is now."""
    assert repeated(alert()) is None
    assert repeated(alert(), told(0), alert(1, 5, over=True)) is None
    assert said(repeated(alert(), told(0))) == (OPENED, 0, 0, False)


@pytest.mark.parametrize("changed", [GRAVE, ELSEWHERE])
def test_what_no_route_takes_any_more_is_not_repeated(changed: Routing) -> None:
    """Whoever is taken out of a route hears no more of what it knew."""
    assert repeated(alert(), told(0), routing=changed) is None
    assert repeated(alert(), told(0), alert(1, 92), alert(2, 70), routing=GRAVE) is not None


@given(courses(), st.data())
def test_whoever_listens_knows_the_end_and_one_opening(
    course: list[Alert], data: st.DataObject
) -> None:
    """However changes, tries and crashes fall, all that say "opened" bear one key.

    Once there is nothing more to tell, the last change that was taken is the newest.
    """
    records: list[DeliveryRecord] = []
    heard: list[Notice] = []
    waiting = list(course)
    # mypy takes the type of the first drawn value for that of all.
    draw: Callable[[st.SearchStrategy[Any]], Any] = data.draw
    least = draw(st.sampled_from([0, 75, 90]))
    routing = Routing((Route(("on-call",), at_least=least),))
    tried = False
    while True:
        if waiting and draw(st.booleans()):
            records.append(waiting.pop(0))
            continue
        notice = following(*records, routing=routing, tried=tried)
        if notice is None:
            if not waiting:
                break
            records.append(waiting.pop(0))
            continue
        heard.append(notice)
        # A crash after telling: nothing is recorded, and the next worker knows of no try.
        if draw(st.booleans()):
            tried = True
        else:
            outcome = draw(st.sampled_from(Outcome))
            records.append(told(notice.alert.sequence, outcome=outcome))
    opening_keys = {each.key for each in heard if each.alert.change is OPENED}
    assert len(opening_keys) <= 1
    reached = any(each.risk >= least for each in course)
    assert bool(heard) == reached
    if reached:
        assert heard[-1].alert.sequence == course[-1].sequence
        contents = {(each.key, each.alert.sequence) for each in heard if not each.first}
        assert len(contents) == len({key for key, _ in contents})
