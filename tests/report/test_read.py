from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.report import Rate, Report, read_report
from pipeline.warehouse import Address, migrate


def counts(rate: Rate) -> tuple[int, int]:
    """Return what a rate divides."""
    return rate.part, rate.whole


def test_headline_counts_what_the_log_holds(report: Report) -> None:
    """Every figure of the head is the one worked out by hand from the sample log."""
    headline = report.headline
    assert headline.touches == 75
    assert headline.creators_reached == 55
    assert (headline.workspaces, headline.accounts, headline.campaigns) == (2, 3, 3)
    assert (headline.replies, headline.audience_messages) == (16, 2)
    assert counts(headline.response) == (16, 55)
    assert counts(headline.positive) == (14, 16)
    assert counts(headline.opt_outs) == (1, 55)
    assert counts(headline.violating) == (20, 75)
    assert headline.first_sent_at == datetime(2026, 7, 6, 10, tzinfo=UTC)
    assert headline.last_sent_at == datetime(2026, 7, 9, 11, 33, tzinfo=UTC)


def test_times_to_reply_are_those_of_credited_replies(report: Report) -> None:
    """Thirteen replies came after an hour, two after two hours, one after half an hour."""
    assert report.headline.median_seconds_to_reply == 3_600
    assert report.headline.mean_seconds_to_reply == (13 * 3_600 + 2 * 7_200 + 1_800) / 16


def test_platforms_are_ranked_by_rate(report: Report) -> None:
    """A platform with enough attempts stands before those that have few, whatever their rate."""
    found = [(entry.platform, counts(entry.responses.response)) for entry in report.platforms]
    assert found == [("instagram", (15, 40)), ("x", (1, 5)), ("tiktok", (0, 10))]


def test_campaigns_of_one_name_in_two_workspaces_are_two(report: Report) -> None:
    """Nothing crosses from one workspace to another."""
    found = [
        (entry.workspace, entry.campaign_id, counts(entry.responses.response))
        for entry in report.campaigns
    ]
    assert found == [
        ("north", "spring", (15, 40)),
        ("south", "spring", (1, 5)),
        ("north", "flash", (0, 10)),
    ]


def test_templates_are_compared_where_they_differ(report: Report) -> None:
    """The short opener of spring is answered more than the long one, by more than chance."""
    (compared,) = report.templates
    assert (compared.workspace, compared.campaign_id) == ("north", "spring")
    found = [(one.template_id, counts(one.response)) for one in compared.templates]
    assert found == [("short", (13, 20)), ("long", (2, 20))]


def test_steps_share_all_replies(report: Report) -> None:
    """Each step has its own rate, and the shares of the replies add up to all of them."""
    assert [(step.step, counts(step.replied)) for step in report.steps] == [
        (0, (14, 55)),
        (1, (2, 20)),
    ]
    assert sum(step.share_of_replies.part for step in report.steps) == 16
    assert {step.share_of_replies.whole for step in report.steps} == {16}
    assert report.steps[1].mean_seconds_to_reply == 7_200


def test_hours_are_those_of_the_openers(report: Report) -> None:
    """Monday's and Tuesday's openers stand at their hour, and no other hour is named."""
    found = {(entry.weekday, entry.hour): counts(entry.response) for entry in report.hours}
    assert found == {(1, 10): (15, 40), (1, 22): (0, 10), (2, 10): (1, 5)}


def test_rules_count_touches(report: Report) -> None:
    """A touch that broke two rules counts once for each."""
    found = [(entry.rule, counts(entry.touches)) for entry in report.rules]
    assert found == [("quiet_hours", (20, 75)), ("min_gap", (10, 75))]


def test_offenders_are_counted_by_touches(report: Report) -> None:
    """Thirty violations of twenty touches are laid at the door of the campaign and the account."""
    (campaign,) = report.violating_campaigns
    (account,) = report.violating_accounts
    assert (campaign.workspace, campaign.platform, campaign.name) == ("north", "", "flash")
    assert (account.workspace, account.platform, account.name) == ("north", "tiktok", "flash.hq")
    for offender in (campaign, account):
        assert counts(offender.touches) == (20, 20)
        assert offender.violations == 30
        assert list(offender.rules.items()) == [("quiet_hours", 20), ("min_gap", 10)]


def test_dead_letters_are_counted_by_reason(report: Report) -> None:
    """Both bad lines of the log are counted."""
    assert report.dead_letters.count == 2
    assert sum(report.dead_letters.reasons.values()) == 2


@pytest.mark.parametrize(
    ("workspace", "campaign", "touches", "attempts"),
    [("south", None, 5, 5), (None, "spring", 55, 45), ("north", "spring", 50, 40)],
)
def test_scope_limits_every_figure(
    warehouse: Address, workspace: str | None, campaign: str | None, touches: int, attempts: int
) -> None:
    """A report of a workspace, a campaign or both holds nothing of others."""
    found = read_report(warehouse, workspace=workspace, campaign=campaign)
    assert found.headline.touches == touches
    assert found.headline.response.whole == attempts
    assert found.violating_campaigns == ()
    assert found.headline.violating.whole == touches


def test_scope_of_nobody_is_empty(warehouse: Address) -> None:
    """A name that is not there gives an empty report, whatever stands in the name."""
    found = read_report(warehouse, campaign="it's % not {there}\\")
    assert found.is_empty
    assert found.headline.median_seconds_to_reply is None
    assert found.headline.response.rate is None


def test_campaign_without_name_can_be_asked_for(warehouse: Address) -> None:
    """The empty campaign is a scope of its own, not the absence of one."""
    assert read_report(warehouse, campaign="").is_empty


def test_database_may_have_any_name(warehouse: Address) -> None:
    """Views are found in whichever database the address names; an empty one is an empty report."""
    other = Address(
        warehouse.host, warehouse.port, warehouse.user, warehouse.password, database="other `one`"
    )
    migrate(other)
    assert read_report(other).is_empty


def test_riskiest_campaigns_stand_first(report: Report) -> None:
    """Each has what its risk comes of, and since when an alert is open, if one is."""
    flash, *others = report.riskiest_campaigns
    assert (flash.workspace, flash.campaign_id, flash.is_paused) == ("north", "flash", False)
    assert flash.risk >= 60
    assert any("10 creators" in reason for reason in flash.reasons)
    assert flash.alert_open_since is not None
    assert flash.alert_open_since.date() == datetime(2026, 7, 6, tzinfo=UTC).date()
    assert all(0 < each.risk <= flash.risk for each in others)
    assert all(each.alert_open_since is None for each in others if each.risk < 40)


def test_scope_limits_riskiest_campaigns(warehouse: Address) -> None:
    """Alerts of others are not joined to them, either."""
    found = read_report(warehouse, campaign="flash").riskiest_campaigns
    assert [(each.workspace, each.campaign_id) for each in found] == [("north", "flash")]
    south = read_report(warehouse, workspace="south").riskiest_campaigns
    assert {each.workspace for each in south} <= {"south"}
