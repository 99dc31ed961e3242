from datetime import datetime

import pytest

from pipeline.policy import Limits
from pipeline.rules import RuleCode
from tests.conversation._story import NOON, received, sent
from tests.rules._story import breaking, found

NIGHT = Limits(quiet_hours=(21 * 60, 8 * 60))
TWO_TO_THREE = Limits(quiet_hours=(2 * 60, 3 * 60))


def at(iso: str) -> int:
    """Return the milliseconds since 1970 of an ISO time with its zone."""
    return round(datetime.fromisoformat(iso).timestamp() * 1000)


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [
        ("20:59:59.999", False),
        ("21:00:00.000", True),
        ("00:00:00.000", True),
        ("07:59:59.999", True),
        ("08:00:00.000", False),
        ("12:00:00.000", False),
    ],
)
def test_they_go_from_nine_past_midnight_to_before_eight(clock: str, *, quiet: bool) -> None:
    """21:00 itself is quiet, 08:00 itself is not."""
    story = sent("m1", at(f"2024-01-09T{clock}Z"))
    assert breaking(NIGHT, story) == ({"m1"} if quiet else set())


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [("01:59:59.999", False), ("02:00:00", True), ("02:59:59.999", True), ("03:00:00", False)],
)
def test_they_may_lie_within_one_day(clock: str, *, quiet: bool) -> None:
    """Where the start is the smaller, they end on the same day."""
    story = sent("m1", at(f"2024-01-09T{clock}Z"))
    assert breaking(TWO_TO_THREE, story) == ({"m1"} if quiet else set())


def test_the_zone_of_the_touch_counts_before_that_of_the_account() -> None:
    """Noon in UTC is 21:00 in Tokyo; an account's zone is asked where no touch gave any."""
    tokyo, none = sent("m1", NOON, timezone="Asia/Tokyo"), sent("m1", NOON)
    assert breaking(NIGHT, tokyo, account_zone="Europe/Berlin") == {"m1"}
    assert breaking(NIGHT, none, account_zone="Europe/Berlin") == set()
    assert breaking(NIGHT, none, account_zone="Asia/Tokyo") == {"m1"}


def test_they_bind_the_outreach_phase_only() -> None:
    """Who wrote may be answered at night; another campaign may not open then."""
    night = at("2024-01-09T23:00:00Z")
    assert breaking(
        NIGHT,
        sent("m1", NOON),
        received("r1", night),
        sent("m2", night + 1),
        sent("n1", night + 2, "autumn"),
    ) == {"n1"}


def test_without_quiet_hours_every_hour_will_do() -> None:
    """The rule can be off."""
    assert breaking(Limits(), sent("m1", at("2024-01-09T03:00:00Z"))) == set()


@pytest.mark.parametrize(
    ("instant", "quiet"),
    [
        ("2024-03-30T06:59:59.999Z", True),
        ("2024-03-30T07:00:00Z", False),
        ("2024-03-31T05:59:59.999Z", True),
        ("2024-03-31T06:00:00Z", False),
        ("2024-10-26T06:00:00Z", False),
        ("2024-10-27T06:00:00Z", True),
        ("2024-10-27T06:59:59.999Z", True),
        ("2024-10-27T07:00:00Z", False),
    ],
)
def test_a_change_of_clocks_moves_them(instant: str, *, quiet: bool) -> None:
    """Eight in Berlin is seven in UTC in winter and six in summer, from the day of the change."""
    story = sent("m1", at(instant), timezone="Europe/Berlin")
    assert breaking(NIGHT, story) == ({"m1"} if quiet else set())


def test_an_hour_that_is_skipped_is_never_quiet() -> None:
    """On the last Sunday of March the clocks of Berlin go from 01:59 to 03:00."""
    for instant in ("2024-03-31T00:59:59.999Z", "2024-03-31T01:00:00Z"):
        story = sent("m1", at(instant), timezone="Europe/Berlin")
        assert breaking(TWO_TO_THREE, story) == set()


@pytest.mark.parametrize(
    ("instant", "quiet"),
    [
        ("2024-10-26T23:59:59.999Z", False),
        ("2024-10-27T00:00:00Z", True),
        ("2024-10-27T01:00:00Z", True),
        ("2024-10-27T01:59:59.999Z", True),
        ("2024-10-27T02:00:00Z", False),
    ],
)
def test_an_hour_that_comes_twice_is_quiet_twice(instant: str, *, quiet: bool) -> None:
    """On the last Sunday of October the clocks of Berlin show 02:00 to 02:59 two times."""
    story = sent("m1", at(instant), timezone="Europe/Berlin")
    assert breaking(TWO_TO_THREE, story) == ({"m1"} if quiet else set())


@pytest.mark.parametrize(
    ("zone", "instant"),
    [
        ("Asia/Kolkata", "2024-01-09T15:30:00Z"),
        ("Asia/Kathmandu", "2024-01-09T15:15:00Z"),
        ("Australia/Lord_Howe", "2024-01-09T10:00:00Z"),
        ("Australia/Lord_Howe", "2024-07-09T10:30:00Z"),
        ("America/St_Johns", "2024-01-10T00:30:00Z"),
    ],
)
def test_a_zone_may_lie_off_by_less_than_an_hour(zone: str, instant: str) -> None:
    """It is 21:00 at the instant: Lord Howe even moves its clocks by half an hour."""
    assert breaking(NIGHT, sent("m1", at(instant), timezone=zone)) == {"m1"}
    assert breaking(NIGHT, sent("m1", at(instant) - 1, timezone=zone)) == set()


def test_they_say_how() -> None:
    """The finding shows the clock of the zone, to the minute, and the quiet hours."""
    story = sent("m1", at("2024-01-09T20:05:59.999Z"), timezone="Europe/Berlin")
    assert found(NIGHT, story)["m1"] == {
        RuleCode.QUIET_HOURS: "21:05 in Europe/Berlin; quiet from 21:00 to 08:00"
    }
