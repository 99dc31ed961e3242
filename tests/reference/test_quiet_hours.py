from datetime import time

import pytest

from tests.reference._story import NOON, breaking, moment, reply, touch
from tests.reference.model import DAY, HOUR, Limits


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [
        ("20:59:59.999", False),
        ("21:00:00.000", True),
        ("23:59:59.999", True),
        ("00:00:00.000", True),
        ("07:59:59.999", True),
        ("08:00:00.000", False),
    ],
)
def test_quiet_hours_begin_at_nine_and_end_before_eight(clock: str, *, quiet: bool) -> None:
    """The first quiet millisecond is 21:00 itself, the last is the one before 08:00."""
    sent = touch("m1", moment(f"2024-01-09T{clock}+00:00"))
    assert breaking("quiet_hours", sent) == ({"m1"} if quiet else set())


def test_the_zone_of_the_touch_comes_first() -> None:
    """Noon in UTC is 21:00 in Tokyo, whatever was given before."""
    earlier = touch("m0", NOON - DAY, creator_timezone="Europe/Berlin")
    sent = touch("m1", NOON, creator_timezone="Asia/Tokyo")
    assert breaking("quiet_hours", earlier, sent, account_timezone="UTC") == {"m1"}


def test_the_latest_zone_given_before_comes_second() -> None:
    """A touch of another campaign may have given it; one of another conversation has not."""
    story = [
        touch("m0", NOON - 3 * DAY, creator_timezone="Europe/Berlin"),
        touch("n1", NOON - 2 * DAY, campaign_id="autumn", creator_timezone="Asia/Tokyo"),
        touch("n2", NOON - DAY, campaign_id="autumn", creator_timezone=None),
        touch("k1", NOON - 1, creator_id="c2", creator_timezone="Europe/Berlin"),
        touch("m1", NOON),
    ]
    assert breaking("quiet_hours", *story, account_timezone="Europe/Berlin") == {"n1", "n2", "m1"}


def test_a_zone_given_later_does_not_reach_back() -> None:
    """An earlier touch keeps the zone that it had when it was sent."""
    story = [touch("m1", NOON), touch("m2", NOON + 3 * DAY, creator_timezone="Asia/Tokyo")]
    assert breaking("quiet_hours", *story) == {"m2"}


def test_the_zone_of_the_account_comes_third_and_utc_last() -> None:
    """Without any other zone, the policy's is asked, then UTC."""
    assert breaking("quiet_hours", touch("m1", NOON), account_timezone="Asia/Tokyo") == {"m1"}
    assert breaking("quiet_hours", touch("m1", NOON)) == set()
    assert breaking("quiet_hours", touch("m1", NOON + 9 * HOUR)) == {"m1"}


def test_quiet_hours_bind_the_outreach_phase_only() -> None:
    """Someone who wrote may be answered at night; another campaign may not open then."""
    night = moment("2024-01-09T23:00:00Z")
    assert breaking(
        "quiet_hours",
        touch("m1", NOON),
        reply("r1", night),
        touch("m2", night + 1),
        touch("n1", night + 2, campaign_id="autumn"),
    ) == {"n1"}


def test_a_change_of_clocks_moves_the_quiet_hours() -> None:
    """06:30 in UTC is 07:30 in Berlin before summer time begins, and 08:30 after."""
    for day, quiet in (("2024-03-30", {"m1"}), ("2024-03-31", set()), ("2024-10-27", {"m1"})):
        sent = touch("m1", moment(f"{day}T06:30:00Z"), creator_timezone="Europe/Berlin")
        assert breaking("quiet_hours", sent) == quiet


def test_an_hour_that_is_skipped_is_never_quiet() -> None:
    """Berlin has no 02:30 on the last Sunday of March: the clock goes from 01:59 to 03:00."""
    skipped = Limits(quiet_hours=(time(2), time(3)))
    for instant in ("2024-03-31T00:59:59.999Z", "2024-03-31T01:00:00Z"):
        sent = touch("m1", moment(instant), creator_timezone="Europe/Berlin")
        assert breaking("quiet_hours", sent, limits=skipped) == set()


def test_an_hour_that_comes_twice_is_quiet_twice() -> None:
    """Berlin has 02:30 twice on the last Sunday of October."""
    repeated = Limits(quiet_hours=(time(2), time(3)))
    for instant, quiet in (
        ("2024-10-26T23:59:59.999Z", set()),
        ("2024-10-27T00:30:00Z", {"m1"}),
        ("2024-10-27T01:30:00Z", {"m1"}),
        ("2024-10-27T02:00:00Z", set()),
    ):
        sent = touch("m1", moment(instant), creator_timezone="Europe/Berlin")
        assert breaking("quiet_hours", sent, limits=repeated) == quiet


def test_a_zone_may_lie_off_by_less_than_an_hour() -> None:
    """21:00 in Kathmandu is 15:15 in UTC."""
    for instant, quiet in (("15:14:59.999", set()), ("15:15:00.000", {"m1"})):
        sent = touch("m1", moment(f"2024-01-09T{instant}Z"), creator_timezone="Asia/Kathmandu")
        assert breaking("quiet_hours", sent) == quiet


def test_two_equal_times_make_no_quiet_hours() -> None:
    """From eight to before eight there is nothing."""
    never = Limits(quiet_hours=(time(8), time(8)))
    sent = [touch(f"m{hour}", NOON + hour * HOUR) for hour in range(24)]
    assert breaking("quiet_hours", *sent, limits=never) == set()
