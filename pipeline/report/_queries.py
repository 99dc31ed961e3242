"""Every question that the report asks the warehouse; only its views are asked."""

from __future__ import annotations

from typing import Final

_RATES = (
    "sum(attempts) AS attempts, sum(replied_attempts) AS replied, "
    "sum(positive_attempts) AS positive, sum(opt_outs) AS opt_outs"
)


def fill(query: str, database: str, scope: str) -> str:
    """Return a query of this module as SQL: on the views of a database, and with this WHERE."""
    return query.format(database=quoted(database), scope=scope, rates=_RATES)


def quoted(name: str) -> str:
    """Return a name as SQL writes it, whatever stands in it."""
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"


TOUCHES: Final = """
SELECT
    count(), uniqExact(workspace, platform, creator_id), uniqExact(workspace),
    uniqExact(workspace, platform, account_id),
    uniqExactIf((workspace, campaign_id), campaign_id != ''),
    minOrNull(sent_at), maxOrNull(sent_at),
    quantileExactOrNullIf(0.5)(assumeNotNull(seconds_to_reply), is_answered),
    avgOrNullIf(assumeNotNull(seconds_to_reply), is_answered)
FROM
(
    SELECT *, phase = 'outreach' AND isNotNull(seconds_to_reply) AS is_answered
    FROM {database}.touches
    {scope}
)
"""

REPLIES: Final = "SELECT count() FROM {database}.replies {scope}"

AUDIENCE_MESSAGES: Final = "SELECT count() FROM {database}.audience_messages {scope}"

ATTEMPTS: Final = "SELECT {rates} FROM {database}.response_rates {scope}"

PLATFORMS: Final = """
SELECT platform, {rates} FROM {database}.response_rates {scope} GROUP BY platform
"""

CAMPAIGNS: Final = """
SELECT workspace, campaign_id, {rates} FROM {database}.response_rates {scope}
GROUP BY workspace, campaign_id
"""

TEMPLATES: Final = """
SELECT workspace, campaign_id, template_id, {rates} FROM {database}.response_rates {scope}
GROUP BY workspace, campaign_id, template_id
"""

HOURS: Final = """
SELECT toDayOfWeek(hour) AS weekday, toHour(hour) AS hour_of_day, {rates}
FROM {database}.response_rates {scope}
GROUP BY weekday, hour_of_day ORDER BY weekday, hour_of_day
"""

STEPS: Final = """
SELECT step, sum(touches), sum(replied_touches), sum(positive_touches), sum(reply_seconds)
FROM {database}.step_rates {scope}
GROUP BY step ORDER BY step
"""

VIOLATING_TOUCHES: Final = """
SELECT uniqExact(workspace, platform, account_id, message_id)
FROM {database}.violations {scope}
"""

RULES: Final = """
SELECT rule, uniqExact(workspace, platform, account_id, message_id)
FROM {database}.violations {scope}
GROUP BY rule ORDER BY count() DESC, rule
"""

_OFFENDERS = """
SELECT
    workspace, {platform}, {name}, sent, violating, violations, rules
FROM
(
    SELECT
        {keys}, uniqExact(platform, account_id, message_id) AS violating,
        count() AS violations, sumMap(map(toString(rule), toUInt64(1))) AS rules
    FROM {{database}}.violations {{scope}}
    GROUP BY {keys}
) AS broken
LEFT JOIN
(
    SELECT {keys}, count() AS sent FROM {{database}}.touches {{scope}} GROUP BY {keys}
) AS all USING ({keys})
ORDER BY violating DESC, violations DESC, {keys}
{limit}
"""

VIOLATING_CAMPAIGNS: Final = _OFFENDERS.format(
    keys="workspace, campaign_id", platform="''", name="campaign_id", limit=""
)

VIOLATING_ACCOUNTS: Final = _OFFENDERS.format(
    keys="workspace, platform, account_id",
    platform="platform",
    name="account_id",
    limit="LIMIT 100",
)

DEAD_LETTERS: Final = """
SELECT reason, count() AS letters, sum(letters) OVER () FROM {database}.dead_letters
GROUP BY reason ORDER BY letters DESC, reason LIMIT 10
"""
