from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from examples.agency_quarter._calendar import QUARTER_ENDS
from examples.agency_quarter._data import LANGUAGES, table
from tests.examples.line_check import moment
from tests.examples.reading import (
    Conversation,
    Event,
    answered_share,
    conversation_of,
    heard_by_conversation,
    night_share,
    openers,
    touches_by_campaign,
)

DAY = 86_400_000
SPAM = ("glowrush-ambassadors", "vitafizzle-summer-blast")
CAREFUL = ("kettlewick-slow-sundays", "ledgerlark-freelance-voices", "northfold-trail-testers")


@pytest.fixture(scope="module")
def touches(shipped: list[Event]) -> dict[str, list[Event]]:
    """Return the touches of each campaign, each once, in the order of time."""
    return touches_by_campaign(shipped)


@pytest.fixture(scope="module")
def heard(shipped: list[Event]) -> dict[Conversation, list[int]]:
    """Return when creators wrote, by conversation."""
    return heard_by_conversation(shipped)


def test_good_campaigns_are_answered_and_spam_is_not(
    touches: dict[str, list[Event]], heard: dict[Conversation, list[int]]
) -> None:
    """About one in three answers a careful campaign, and one in thirty or fewer a spammy one."""
    for campaign in CAREFUL:
        assert 0.22 <= answered_share(openers(touches[campaign]), heard) <= 0.42
    for campaign in SPAM:
        assert answered_share(openers(touches[campaign]), heard) <= 0.06


def test_spam_breaks_what_careful_campaigns_keep(touches: dict[str, list[Event]]) -> None:
    """Spam writes more often than daily caps allow, at night, and again and again."""
    for campaign in SPAM:
        by_account: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for event in touches[campaign]:
            by_account[conversation_of(event)[:3]].append(moment(event["occurred_at"]))
        assert any(
            later - earlier < DAY
            for moments in by_account.values()
            for earlier, later in zip(moments, moments[51:], strict=False)
        )
        assert max(Counter(map(conversation_of, touches[campaign])).values()) >= 6
        assert night_share(touches[campaign]) > 0.25
    for campaign in CAREFUL:
        assert night_share(touches[campaign]) < 0.03


def test_midweek_mornings_are_answered_best(
    touches: dict[str, list[Event]], heard: dict[Conversation, list[int]]
) -> None:
    """From Tuesday to Thursday, 8 to 11 on the creator's clock, openers do better than else."""
    best: dict[Conversation, Event] = {}
    other: dict[Conversation, Event] = {}
    for campaign, of_campaign in touches.items():
        if campaign in SPAM or not campaign:
            continue
        for key, event in openers(of_campaign).items():
            if zone := event.get("creator_timezone"):
                at = moment(event["occurred_at"]) / 1000
                clock = datetime.fromtimestamp(at, ZoneInfo(zone))
                morning = clock.weekday() in (1, 2, 3) and 8 <= clock.hour < 12
                (best if morning else other)[key] = event
    assert answered_share(best, heard) > 1.1 * answered_share(other, heard)


def test_two_campaigns_meet_in_one_conversation(touches: dict[str, list[Event]]) -> None:
    """The autumn jackets come back, weeks later, to people who tested on the trail."""
    trail = openers(touches["northfold-trail-testers"])
    jackets = openers(touches["northfold-autumn-jackets"])
    pauses = [
        timedelta(
            milliseconds=moment(jackets[key]["occurred_at"]) - moment(trail[key]["occurred_at"])
        )
        for key in trail.keys() & jackets.keys()
    ]
    assert len(pauses) > 50
    assert sum(pause > timedelta(days=30) for pause in pauses) > 0.8 * len(pauses)


def test_several_accounts_write_to_the_same_creators(touches: dict[str, list[Event]]) -> None:
    """Spam reaches the same people from more than one account of the workspace."""
    accounts: dict[tuple[str, str], set[str]] = defaultdict(set)
    for campaign in SPAM:
        for event in touches[campaign]:
            accounts[event["platform"], event["creator_id"]].add(event["account_id"])
    assert sum(len(ids) > 1 for ids in accounts.values()) > 100


def test_people_write_in_bubbles(heard: dict[Conversation, list[int]]) -> None:
    """Many creators send a second message within minutes of the first."""
    quick = sum(
        0 < later - earlier < 5 * 60_000
        for moments in heard.values()
        for earlier, later in pairwise(sorted(moments))
    )
    assert quick > 500


def test_spam_goes_on_after_an_opt_out(
    shipped: list[Event], touches: dict[str, list[Event]]
) -> None:
    """Some who asked a spammy campaign to stop are written to by the same account again."""
    pleas = tuple(text for name in LANGUAGES for text in table(f"replies/{name}")["opt_out"])
    asked = {
        conversation_of(event): moment(event["occurred_at"])
        for event in shipped
        if event["type"] == "reply" and event["body"] in pleas
    }
    ignored = {
        conversation_of(event)
        for campaign in SPAM
        for event in touches[campaign]
        if moment(event["occurred_at"]) > asked.get(conversation_of(event), QUARTER_ENDS)
    }
    assert len(ignored) >= 5
