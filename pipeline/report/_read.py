"""Ask the warehouse for everything that a report says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pipeline.report import _queries
from pipeline.report._model import (
    CampaignResponses,
    DeadLetters,
    Headline,
    HourResponse,
    Offender,
    PlatformResponses,
    Report,
    Responses,
    RiskyCampaign,
    RuleViolations,
    Scope,
    StepRate,
)
from pipeline.report._rate import Rate
from pipeline.report._templates import TemplateRow, compare_templates
from pipeline.report._views import views
from pipeline.warehouse import Address

_Row = Sequence[Any]
_Ask = Callable[[str], list[_Row]]


def read_report(
    address: Address, *, workspace: str | None = None, campaign: str | None = None
) -> Report:
    """Return the report of what the warehouse holds, or of one workspace or campaign of it.

    Blocks while the warehouse answers some dozen queries, each exact at its own moment. Raises
    clickhouse_driver's own errors.
    """
    scope = Scope(workspace, campaign)
    condition, values = _condition(scope)
    with views(address) as client:

        def ask(query: str) -> list[_Row]:
            rows: list[_Row] = client.execute(_queries.fill(query, condition), values or None)
            return rows

        return _report(ask, scope)


def _condition(scope: Scope) -> tuple[str, dict[str, str]]:
    given = {"workspace": scope.workspace, "campaign_id": scope.campaign}
    values = {column: value for column, value in given.items() if value is not None}
    conditions = " AND ".join(f"{column} = %({column})s" for column in values)
    return (f"WHERE {conditions}" if values else ""), values


def _report(ask: _Ask, scope: Scope) -> Report:
    platforms = [(row[0], _responses(*row[1:])) for row in ask(_queries.PLATFORMS)]
    campaigns = [(row[0], row[1], _responses(*row[2:])) for row in ask(_queries.CAMPAIGNS)]
    headline = _headline(ask, scope)
    return Report(
        scope=scope,
        headline=headline,
        platforms=tuple(
            PlatformResponses(*row) for row in sorted(platforms, key=lambda row: _rank(*row))
        ),
        campaigns=tuple(
            CampaignResponses(*row) for row in sorted(campaigns, key=lambda row: _rank(*row))
        ),
        templates=compare_templates(
            TemplateRow(workspace, campaign, template, Rate.of(replied, attempts))
            for workspace, campaign, template, attempts, replied, *_ in ask(_queries.TEMPLATES)
        ),
        steps=_steps(ask(_queries.STEPS)),
        hours=tuple(
            HourResponse(weekday, hour, Rate.of(replied, attempts))
            for weekday, hour, attempts, replied, *_ in ask(_queries.HOURS)
        ),
        riskiest_campaigns=tuple(
            RiskyCampaign(workspace, campaign, risk, tuple(reasons), paused, open_since)
            for workspace, campaign, risk, reasons, paused, open_since in ask(
                _queries.RISKIEST_CAMPAIGNS
            )
        ),
        rules=tuple(
            RuleViolations(rule, Rate.of(touches, headline.touches))
            for rule, touches in ask(_queries.RULES)
        ),
        violating_campaigns=_offenders(ask(_queries.VIOLATING_CAMPAIGNS)),
        violating_accounts=_offenders(ask(_queries.VIOLATING_ACCOUNTS)),
        dead_letters=_dead_letters(ask(_queries.DEAD_LETTERS)),
    )


def _headline(ask: _Ask, scope: Scope) -> Headline:
    (touches, creators, workspaces, accounts, campaigns, first, last, median, mean), *_ = ask(
        _queries.TOUCHES
    )
    ((replies,),) = ask(_queries.REPLIES)
    ((audience_messages,),) = (
        [(0,)] if scope.campaign is not None else ask(_queries.AUDIENCE_MESSAGES)
    )
    ((violating,),) = ask(_queries.VIOLATING_TOUCHES)
    (counts,) = ask(_queries.ATTEMPTS)
    total = _responses(*counts)
    return Headline(
        touches=touches,
        replies=replies,
        audience_messages=audience_messages,
        creators_reached=creators,
        workspaces=workspaces,
        accounts=accounts,
        campaigns=campaigns,
        first_sent_at=first,
        last_sent_at=last,
        response=total.response,
        positive=total.positive,
        opt_outs=total.opt_outs,
        violating=Rate.of(violating, touches),
        median_seconds_to_reply=median,
        mean_seconds_to_reply=mean,
    )


def _responses(attempts: int, replied: int, positive: int, opt_outs: int) -> Responses:
    return Responses(
        response=Rate.of(replied, attempts),
        positive=Rate.of(positive, replied),
        opt_outs=Rate.of(opt_outs, attempts),
    )


def _rank(*row: Any) -> tuple[Any, ...]:  # noqa: ANN401 - names, and what came of them last
    """Order by rate, what has few attempts behind the rest, and what is equal by its names."""
    *names, responses = row
    rate = responses.response
    return (rate.is_of_few, -(rate.rate or 0.0), *names)


def _steps(rows: list[_Row]) -> tuple[StepRate, ...]:
    all_replies = sum(replied for _, _, replied, _, _ in rows)
    return tuple(
        StepRate(
            step=step,
            replied=Rate.of(replied, touches),
            positive=Rate.of(positive, replied),
            mean_seconds_to_reply=seconds / replied if replied else None,
            share_of_replies=Rate.of(replied, all_replies),
        )
        for step, touches, replied, positive, seconds in rows
    )


def _offenders(rows: list[_Row]) -> tuple[Offender, ...]:
    return tuple(
        Offender(
            workspace=workspace,
            platform=platform,
            name=name,
            touches=Rate.of(violating, sent),
            violations=violations,
            rules=dict(sorted(rules.items(), key=lambda rule: (-rule[1], rule[0]))),
        )
        for workspace, platform, name, sent, violating, violations, rules in rows
    )


def _dead_letters(rows: list[_Row]) -> DeadLetters:
    return DeadLetters(
        count=rows[0][2] if rows else 0, reasons={reason: count for reason, count, _ in rows}
    )
