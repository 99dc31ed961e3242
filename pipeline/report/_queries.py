"""Every question that the report asks the warehouse; only its views are asked."""

from __future__ import annotations

from typing import Final

_RATES = (
    "sum(attempts) AS attempts, sum(replied_attempts) AS replied, "
    "sum(positive_attempts) AS positive, sum(opt_outs) AS opt_outs"
)


def fill(query: str, scope: str) -> str:
    """Return a query of this module as SQL, with this WHERE."""
    return query.format(scope=scope, rates=_RATES)


TOUCHES: Final = """
WITH
    length(times) AS answered,
    (times[intDiv(answered + 1, 2)] + times[intDiv(answered, 2) + 1]) / 2 AS median
SELECT
    sent, creators, workspaces, accounts, campaigns, first_sent_at, last_sent_at,
    if(answered = 0, NULL, median), if(answered = 0, NULL, arrayAvg(times))
FROM
(
    SELECT
        count() AS sent,
        uniqExact(workspace, platform, creator_id) AS creators,
        uniqExact(workspace) AS workspaces,
        uniqExact(workspace, platform, account_id) AS accounts,
        uniqExactIf((workspace, campaign_id), campaign_id != '') AS campaigns,
        minOrNull(sent_at) AS first_sent_at,
        maxOrNull(sent_at) AS last_sent_at,
        arraySort(
            groupArrayIf(
                assumeNotNull(seconds_to_reply), phase = 'outreach' AND isNotNull(seconds_to_reply)
            )
        ) AS times
    FROM touches
    {scope}
)
"""

REPLIES: Final = "SELECT count() FROM replies {scope}"

AUDIENCE_MESSAGES: Final = "SELECT count() FROM audience_messages {scope}"

ATTEMPTS: Final = "SELECT {rates} FROM response_rates {scope}"

PLATFORMS: Final = """
SELECT platform, {rates} FROM response_rates {scope} GROUP BY platform
"""

CAMPAIGNS: Final = """
SELECT workspace, campaign_id, {rates} FROM response_rates {scope}
GROUP BY workspace, campaign_id
"""

TEMPLATES: Final = """
SELECT workspace, campaign_id, template_id, {rates} FROM response_rates {scope}
GROUP BY workspace, campaign_id, template_id
"""

HOURS: Final = """
SELECT toDayOfWeek(hour) AS weekday, toHour(hour) AS hour_of_day, {rates}
FROM response_rates {scope}
GROUP BY weekday, hour_of_day ORDER BY weekday, hour_of_day
"""

STEPS: Final = """
SELECT step, sum(touches), sum(replied_touches), sum(positive_touches), sum(reply_seconds)
FROM step_rates {scope}
GROUP BY step ORDER BY step
"""

RISKIEST_CAMPAIGNS: Final = """
SELECT
    workspace, campaign_id, risk,
    arrayMap(part -> JSONExtractString(part, 'evidence'), JSONExtractArrayRaw(signals)), paused,
    open_since
FROM (SELECT * FROM campaign_risk {scope}) AS risks
LEFT JOIN
(
    SELECT workspace, campaign_id, maxOrNull(opened_at) AS open_since
    FROM (SELECT * FROM alerts {scope}) AS told
    WHERE isNull(resolved_at)
    GROUP BY workspace, campaign_id
) AS open USING (workspace, campaign_id)
WHERE risk > 0
ORDER BY risk DESC, workspace, campaign_id
"""

VIOLATING_TOUCHES: Final = """
SELECT uniqExact(workspace, platform, account_id, message_id)
FROM violations {scope}
"""

RULES: Final = """
SELECT rule, uniqExact(workspace, platform, account_id, message_id)
FROM violations {scope}
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
    FROM violations {{scope}}
    GROUP BY {keys}
) AS broken
LEFT JOIN
(
    SELECT {keys}, count() AS sent FROM touches {{scope}} GROUP BY {keys}
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
SELECT reason, count() AS letters, sum(letters) OVER () FROM dead_letters
WHERE replayed_at IS NULL
GROUP BY reason ORDER BY letters DESC, reason LIMIT 10
"""
