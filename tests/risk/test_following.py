"""A campaign is followed, with its copies, and its alerts are kept."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.alerts import AlertChange
from pipeline.copies import fold_copies, read_window
from pipeline.events import Milliseconds
from pipeline.risk import (
    ALERTS,
    AlertStep,
    Given,
    Minute,
    RiskUpdate,
    course_of,
    fold_risk,
    follow_risk,
    full_at,
    given_by,
    has_open_alert,
)
from tests.copies._sent import CAMPAIGN, OWN_PARTS, Sent, merged
from tests.folds._system import MemoryState
from tests.risk._told import DAY, HOUR, MINUTE, SPRING, START, minute_at, opener, told

LATER = Sent(999, "Thank you, the parcel has arrived!", at=START + 2 * DAY)
"""A message that is sent when the copies of a day before are none of one's business any more."""


class Followed:
    """A campaign of which messages are told, and what was told of its risk."""

    def __init__(self) -> None:
        self.state = MemoryState()
        self.newest = minute_at(0)
        self.changes: list[AlertStep] = []
        self.risk = 0
        self.looked_at: list[Minute] = []

    def sent(self, *messages: Sent) -> None:
        """Fold messages in one batch, and follow the campaign to the newest of them."""
        fold_copies(self.state, [message.update() for message in messages])
        facts = [opener(message.at - START) for message in messages]
        affected = fold_risk(self.state, told(facts))[SPRING]
        self.newest = max(self.newest, *(Minute(each.at // MINUTE) for each in messages))
        self.until(self.newest, since=affected)

    def until(self, minute: Minute, *, since: Minute | None = None) -> None:
        """Follow it to a minute."""
        minutes = range(self.newest if since is None else since, minute + 1)
        self.changes += follow_risk(self.state, SPRING, minutes, self.given)
        self.risk = self.risk_at(minute)

    def risk_at(self, minute: Minute) -> int:
        """Return the risk at the end of a minute."""
        ((_, risk),) = course_of(self.state, SPRING, [minute], self.copies)
        return risk.score

    def given(self, minute: Minute) -> Given:
        """Return the copies that are there at the end of a minute."""
        self.looked_at.append(minute)
        return self.copies(minute)

    def copies(self, minute: Minute) -> Given:
        """Return the same, whoever asks."""
        return given_by(read_window(self.state, CAMPAIGN, Milliseconds(full_at(minute) - 1)))

    def said(self) -> list[tuple[AlertChange, Minute, str]]:
        """Return what was told."""
        return [(each.change, each.minute, each.alert_id) for each in self.changes]


def copies(count: int = 40) -> list[Sent]:
    """Return copies to as many creators within an hour."""
    return [Sent(n, merged(f"Name{n}"), at=START + n * 85_000) for n in range(count)]


def honest() -> list[Sent]:
    """Return messages with a part of their own each, over a month."""
    return [
        Sent(1_000 + n, merged("Ann", own), at=START + n * 4 * DAY)
        for n, own in enumerate(OWN_PARTS)
    ]


def test_an_alert_is_out_with_the_message_that_tips_the_campaign() -> None:
    """It opens in the minute of a message, before the next one comes; the risk goes on to 80."""
    campaign = Followed()
    for message in copies():
        before = len(campaign.changes)
        campaign.sent(message)
        if len(campaign.changes) > before and before == 0:
            assert campaign.changes[0].minute == message.at // MINUTE
            assert campaign.changes[0].risk.score >= 60
    assert campaign.changes[0].change is AlertChange.OPENED
    assert campaign.risk >= 80
    assert has_open_alert(campaign.state, SPRING)


def test_an_alert_resolves_with_time_alone() -> None:
    """A day after the last copy it is over, though the campaign has sent nothing since."""
    campaign = Followed()
    campaign.sent(*copies())
    campaign.until(minute_at(3 * DAY))
    assert [each.change for each in campaign.changes][-1] is AlertChange.RESOLVED
    assert minute_at(DAY) < campaign.changes[-1].minute < minute_at(DAY + 3 * HOUR)
    assert not has_open_alert(campaign.state, SPRING)


@settings(max_examples=20)
@given(st.data())
def test_batches_open_the_alert_at_the_same_minute(data: st.DataObject) -> None:
    """However the same messages are cut into batches, in their order, the same alert opens."""
    batched = Followed()
    messages = copies(30)
    while messages:
        size = data.draw(st.integers(1, len(messages)))
        batched.sent(*messages[:size])
        messages = messages[size:]
    at_once = Followed()
    at_once.sent(*copies(30))
    assert batched.said() == at_once.said() != []


@settings(max_examples=20)
@given(st.permutations([*copies(), LATER]), st.data())
def test_any_order_of_arrival_opens_one_alert(sent: list[Sent], data: st.DataObject) -> None:
    """Copies that come late, and among later messages, are told of once, and risk ends the same."""
    campaign, in_order = Followed(), Followed()
    while sent:
        size = data.draw(st.integers(min(6, len(sent)), len(sent)))
        campaign.sent(*sent[:size])
        sent = sent[size:]
    in_order.sent(*copies(), LATER)
    assert [each.change for each in campaign.changes].count(AlertChange.OPENED) == 1
    assert campaign.risk == in_order.risk
    assert not has_open_alert(campaign.state, SPRING)


def test_a_month_that_is_loaded_at_once_tells_what_was_told_live() -> None:
    """Hours long past are looked at closely only where something is to be told."""
    live, loaded = Followed(), Followed()
    messages = sorted([*honest(), *copies()], key=lambda message: message.at)
    for message in messages:
        live.sent(message)
    loaded.sent(*messages)
    assert loaded.said() == live.said()
    assert len(loaded.looked_at) < 30 * 4 + 2 * 24 + 60


def test_late_messages_change_the_risk_of_now() -> None:
    """A minute that is gone through again is followed by all that have been since."""
    campaign = Followed()
    campaign.sent(*copies()[::2], Sent(0, "Thank you!", at=START + 2 * HOUR))
    before = campaign.risk
    for message in copies()[1::2]:
        fold_copies(campaign.state, [message.update()])
    late = minute_at(MINUTE)
    follow_risk(campaign.state, SPRING, range(late, late + 1), campaign.given)
    assert campaign.looked_at[-1] == minute_at(2 * HOUR)
    assert campaign.risk_at(minute_at(2 * HOUR)) > before


def test_a_message_from_the_future_hides_nothing() -> None:
    """While one looks at nothing later than now, it waits for its time, and copies are seen."""
    campaign = Followed()
    future = opener(1_000 * DAY)
    affected = fold_risk(campaign.state, told([future]))[SPRING]
    campaign.until(minute_at(0), since=affected)
    assert campaign.looked_at == [minute_at(0)]
    campaign.sent(*copies())
    assert [each.change for each in campaign.changes] == [AlertChange.OPENED, AlertChange.UPDATED]
    assert has_open_alert(campaign.state, SPRING)


def test_what_comes_again_is_not_told_again() -> None:
    """Messages that are told once more, before or after the resolution, tell nobody anything."""
    campaign = Followed()
    campaign.sent(*copies())
    campaign.until(minute_at(3 * DAY))
    told_once = campaign.said()
    facts = [opener(message.at - START) for message in copies()]
    assert fold_risk(campaign.state, [RiskUpdate(SPRING, each, each) for each in facts]) == {}
    campaign.until(minute_at(3 * DAY), since=minute_at(0))
    assert campaign.said() == told_once


def test_an_honest_campaign_is_never_told_of() -> None:
    """Its risk stays low, and no alert is kept for it."""
    campaign = Followed()
    for message in honest():
        campaign.sent(message)
        assert campaign.risk < 30
    assert campaign.changes == []
    (kept,) = dict(campaign.state.scan(ALERTS)).values()
    assert (kept.current, kept.past) == (None, ())
