"""Reports made by hand, of any size."""

from __future__ import annotations

from datetime import UTC, datetime

from pipeline.report import Rate, Report
from pipeline.report._model import (
    CampaignResponses,
    DeadLetters,
    Headline,
    HourResponse,
    Offender,
    PlatformResponses,
    Responses,
    RiskyCampaign,
    RuleViolations,
    Scope,
    StepRate,
    TemplateComparison,
    TemplateResponse,
)


def responses(replied: int, attempts: int) -> Responses:
    """Return what came of attempts, of whose replies half are positive."""
    return Responses(
        response=Rate.of(replied, attempts),
        positive=Rate.of(replied // 2, replied),
        opt_outs=Rate.of(1 if replied else 0, attempts),
    )


def offender(name: str, broken: int, sent: int, platform: str = "") -> Offender:
    """Return one who broke one rule with each touch, and a second with one of them."""
    rules = {"min_gap": broken, "opted_out": 1}
    return Offender("north", platform, name, Rate.of(broken, sent), broken + 1, rules)


def risky(campaign_id: str, risk: int) -> RiskyCampaign:
    """Return a campaign of this risk, with three reasons and an alert if it is above 95."""
    reasons = ("26 of 26 messages were copies", "9 of 26 openers hold a link", "it is late")
    since = datetime(2026, 9, 30, 22, 4, tzinfo=UTC) if risk > 95 else None
    return RiskyCampaign("north", campaign_id, risk, reasons, risk > 98, since)


def headline() -> Headline:
    """Return the figures of a big agency."""
    return Headline(
        touches=1_250_000,
        replies=210_000,
        audience_messages=91_000,
        creators_reached=400_000,
        workspaces=3,
        accounts=159,
        campaigns=20,
        first_sent_at=datetime(2026, 7, 1, 2, tzinfo=UTC),
        last_sent_at=datetime(2026, 9, 30, 23, tzinfo=UTC),
        response=Rate.of(96_600, 500_000),
        positive=Rate.of(50_000, 96_600),
        opt_outs=Rate.of(3_700, 500_000),
        violating=Rate.of(260_000, 1_250_000),
        median_seconds_to_reply=10_437,
        mean_seconds_to_reply=53_448.3,
    )


def big_report(campaign_name: str = "campaign") -> Report:
    """Return a report in which every section has more to say than it prints."""
    campaigns = [
        CampaignResponses("north", f"{campaign_name}-{number:02}", responses(200 - number, 1_000))
        for number in range(20)
    ]
    few = CampaignResponses("north", "tiny", responses(3, 4))
    steps = [(100_000, 500_000), (20_000, 300_000), (4_000, 100_000), *[(5, 2_000)] * 9]
    replies = sum(replied for replied, _ in steps)
    return Report(
        scope=Scope(),
        headline=headline(),
        platforms=(
            PlatformResponses("linkedin", responses(300, 1_000)),
            PlatformResponses("x", responses(2, 11)),
        ),
        campaigns=(*campaigns, few),
        templates=tuple(
            TemplateComparison(
                "north",
                f"{campaign_name}-{number:02}",
                (
                    TemplateResponse("story-first", Rate.of(300 - number, 1_000)),
                    TemplateResponse("brand-first", Rate.of(100, 1_000)),
                ),
            )
            for number in range(9)
        ),
        steps=tuple(
            StepRate(
                step=number,
                replied=Rate.of(replied, touches),
                positive=Rate.of(replied // 2, replied),
                mean_seconds_to_reply=3_600.0,
                share_of_replies=Rate.of(replied, replies),
            )
            for number, (replied, touches) in enumerate(steps)
        ),
        hours=tuple(
            HourResponse(weekday, hour, Rate.of(*((hour + weekday, 100) if hour > 5 else (3, 3))))
            for weekday in range(1, 6)
            for hour in range(24)
            if hour > 5 or weekday < 3
        ),
        riskiest_campaigns=tuple(risky(f"{campaign_name}-{each}", 99 - each) for each in range(9)),
        rules=(
            RuleViolations("min_gap", Rate.of(240_000, 1_250_000)),
            RuleViolations("opted_out", Rate.of(12, 1_250_000)),
        ),
        violating_campaigns=tuple(
            offender(f"{campaign_name}-{number:02}", 50_000 - number, 60_000) for number in range(9)
        ),
        violating_accounts=tuple(
            offender(f"{campaign_name}.account.{number:02}", 9_000 - number, 10_000, "instagram")
            for number in range(9)
        ),
        dead_letters=DeadLetters(7, {"is no JSON": 5, "occurred_at is missing": 2}),
    )


def empty_report(scope: Scope) -> Report:
    """Return the report of a warehouse that holds nothing."""
    nothing = Rate.of(0, 0)
    return Report(
        scope=scope,
        headline=Headline(
            0, 0, 0, 0, 0, 0, 0, None, None, nothing, nothing, nothing, nothing, None, None
        ),
        platforms=(),
        campaigns=(),
        templates=(),
        steps=(),
        hours=(),
        riskiest_campaigns=(),
        rules=(),
        violating_campaigns=(),
        violating_accounts=(),
        dead_letters=DeadLetters(0, {}),
    )
