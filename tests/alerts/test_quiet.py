from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.alerts import Alert, Quiet, Route, Routing
from pipeline.events import Milliseconds, WorkspaceId
from pipeline.rules.quiet_hours import local_minute
from tests.alerts._facts import NORTHFOLD, alert

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = Quiet(22 * 60, 7 * 60, "Europe/Berlin", unless_at_least=90)
HOUR = 3_600_000


def at(day: int, hour: int, minute: int = 0, *, month: int = 11, zone: ZoneInfo = BERLIN) -> int:
    """Return a moment of 2026 by the clocks of Berlin."""
    return int(datetime(2026, month, day, hour, minute, tzinfo=zone).timestamp() * 1000)


@pytest.mark.parametrize(
    ("now", "end"),
    [
        (at(24, 12), at(24, 12)),
        (at(24, 21, 59), at(24, 21, 59)),
        (at(24, 22), at(25, 7)),
        (at(24, 23, 30), at(25, 7)),
        (at(25, 0), at(25, 7)),
        (at(25, 6, 59), at(25, 7)),
        (at(25, 7), at(25, 7)),
    ],
)
def test_a_night_ends_in_the_morning(now: int, end: int) -> None:
    """The end is the next one by the local clock, and what lies outside need not wait."""
    assert NIGHT.ends(Milliseconds(now)) == end


def test_a_siesta_ends_on_the_same_day() -> None:
    """A quiet period may lie within one day."""
    siesta = Quiet(13 * 60, 15 * 60 + 30, "Europe/Berlin")
    assert siesta.ends(Milliseconds(at(24, 13))) == at(24, 15, 30)
    assert siesta.ends(Milliseconds(at(24, 12, 59))) == at(24, 12, 59)


def test_clocks_that_are_changed_are_followed() -> None:
    """The night in which clocks go forward is an hour shorter, the other one longer."""
    spring = Milliseconds(at(28, 22, month=3))
    autumn = Milliseconds(at(24, 22, month=10))
    assert NIGHT.ends(spring) - spring == 8 * HOUR
    assert NIGHT.ends(autumn) - autumn == 10 * HOUR


@given(
    st.integers(at(1, 0, month=1), at(31, 0, month=12)),
    st.integers(0, 1439),
    st.integers(1, 720),
    st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"]),
)
def test_nobody_waits_longer_than_the_night(now: int, start: int, length: int, zone: str) -> None:
    """Who must wait is inside by the local clock, and the end comes after at most 13 hours."""
    end = (start + length) % 1440
    quiet = Quiet(start, end, zone)
    minute = local_minute(Milliseconds(now), zone)
    inside = (minute - start) % 1440 < length
    waits = quiet.ends(Milliseconds(now)) - now
    assert (waits > 0) == inside
    assert 0 <= waits <= length * 60_000 + HOUR


def held(risk: int, *routes: Route, workspace: WorkspaceId = NORTHFOLD) -> bool:
    """Return whether the notifier must wait at eleven in the evening."""
    now = Milliseconds(at(24, 23))
    told: Alert = alert(risk=risk, workspace=workspace)
    moment = Routing(routes).not_before("on-call", told, risk, now)
    assert moment in {now, at(25, 7)}
    return moment > now


def test_what_is_grave_enough_does_not_wait() -> None:
    """The risk of the route goes out at any hour; without one everything waits."""
    quiet = Route(("on-call",), quiet=NIGHT)
    assert held(89, quiet)
    assert not held(90, quiet)
    assert held(100, Route(("on-call",), quiet=Quiet(NIGHT.start, NIGHT.end, NIGHT.timezone)))


def test_the_soonest_of_several_routes_wins() -> None:
    """A route that does not sleep tells those that another would let sleep."""
    quiet, awake = Route(("on-call",), quiet=NIGHT), Route(("on-call",), at_least=85)
    assert held(84, quiet, awake)
    assert not held(85, quiet, awake)
    assert held(85, quiet, Route(("somebody else",)))
    assert held(85, quiet, Route(("on-call",), workspace="other"))


def test_without_a_route_that_takes_it_those_that_were_to_take_it_say_when() -> None:
    """An end that is told because the notifier knows the alert disturbs no sleep for that."""
    grave = Route(("on-call",), at_least=95, quiet=NIGHT)
    assert held(80, grave)
    assert not held(80, grave, Route(("on-call",), at_least=90))
    assert not held(80)
    assert not held(80, Route(("on-call",), workspace="other", quiet=NIGHT))


def test_routes_say_from_which_risk_on() -> None:
    """The least of all that lead there counts, and there may be none."""
    routing = Routing(
        (Route(("on-call",), at_least=90), Route(("on-call",), workspace="northfold", at_least=70))
    )
    assert routing.least_risk("on-call", NORTHFOLD) == 70
    assert routing.least_risk("on-call", WorkspaceId("other")) == 90
    assert routing.least_risk("nobody", NORTHFOLD) is None
