from __future__ import annotations

import copy

import pytest

from tests.faults._comparison import NOT_OF_THE_EVENTS, OF_THEIR_TIME, difference
from tests.faults._reference import Reference
from tests.system.outreach import Views


@pytest.fixture
def views(compared: Reference) -> Views:
    """Return views to be changed."""
    return copy.deepcopy(compared.views)


def test_equal_views_differ_in_nothing(compared: Reference, views: Views) -> None:
    """Nor does the order of rows count, or when a bad line was read."""
    views["touches"].reverse()
    views["dead_letters"][0]["at"] += 1
    found = difference(views, compared.views)
    assert (found.lost, found.count) == (0, 0)


@pytest.mark.parametrize(
    "view", ["touches", "replies", "audience_messages", "send_requests", "dead_letters"]
)
def test_a_lost_event_is_counted(compared: Reference, views: Views, view: str) -> None:
    """In whichever view it would be."""
    views[view].pop()
    found = difference(views, compared.views)
    assert (found.lost, found.count) == (1, 1)


def test_a_row_too_many_is_counted(compared: Reference, views: Views) -> None:
    """Also one that stands there twice."""
    views["violations"].append(views["violations"][0])
    found = difference(views, compared.views)
    assert (found.lost, found.count) == (0, 1)


def test_every_column_is_compared(compared: Reference, views: Views) -> None:
    """In every view that follows from events alone, but for what tells when one looked."""
    for view in views.keys() - OF_THEIR_TIME:
        rows = views[view]
        for column in rows[0].keys() - set(NOT_OF_THE_EVENTS.get(view, ())):
            changed = [{**rows[0], column: "another"}, *rows[1:]]
            found = difference({view: changed}, {view: compared.views[view]})
            assert found.count == 2, (view, column)


def test_a_view_that_is_missing_is_a_difference(compared: Reference, views: Views) -> None:
    """As many rows differ as it had."""
    del views["step_rates"]
    assert difference(views, compared.views).count == len(compared.views["step_rates"])
