"""Compute the rate tables a second time, from the touches, and compare."""

from __future__ import annotations

from dataclasses import dataclass
from string import Template
from typing import Any

from pipeline.warehouse._connection import Address
from pipeline.warehouse._quoting import quoted_name

_HOUR = "fromUnixTimestamp64Milli(intDiv(toUnixTimestamp64Milli({at}), 3600000) * 3600000, 'UTC')"

# Nothing below comes from outside.
_RESPONSE_RATES = f"""
SELECT
    workspace, platform, account_id, campaign_id,
    argMin(template_id, step) AS template_id,
    {_HOUR.format(at="min(sent_at)")} AS hour,
    toInt64(1) AS attempts,
    toInt64(countIf(replied_at IS NOT NULL)) AS replied_attempts,
    toInt64(countIf(reply_class = 'positive')) AS positive_attempts,
    toInt64(countIf(reply_class = 'opt_out')) AS opt_outs
FROM $views.touches
WHERE phase = 'outreach'
GROUP BY workspace, platform, account_id, creator_id, campaign_id
"""  # noqa: S608

_STEP_RATES = f"""
SELECT
    workspace, platform, account_id, campaign_id, template_id, step,
    {_HOUR.format(at="sent_at")} AS hour,
    toInt64(1) AS touches,
    toInt64(replied_at IS NOT NULL) AS replied_touches,
    toInt64(ifNull(reply_class = 'positive', false)) AS positive_touches,
    toInt64(ifNull(seconds_to_reply, 0)) AS reply_seconds
FROM $views.touches
WHERE phase = 'outreach'
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class _Rates:
    view: str
    computed: str
    keys: tuple[str, ...]
    counts: tuple[str, ...]

    def differences(self) -> str:
        """Return the query for the cells in which the view and the computation differ."""
        keys, counts = ", ".join(self.keys), ", ".join(self.counts)
        zeros = ", ".join(f"toInt64(0) AS other_{name}" for name in self.counts)
        # Without names of their own: an alias would take the place of the column that it hides.
        no_counts = ", ".join("toInt64(0)" for _ in self.counts)
        sums = ", ".join(
            [f"sum({name})" for name in self.counts]
            + [f"sum(other_{name})" for name in self.counts]
        )
        differ = " OR ".join(f"sum({name}) != sum(other_{name})" for name in self.counts)
        return (
            f"SELECT {keys}, {sums} FROM ("  # noqa: S608 - the names are those above
            f"SELECT {keys}, {counts}, {zeros} FROM $views.{self.view} UNION ALL "
            f"SELECT {keys}, {no_counts}, {counts} FROM ({self.computed})"
            f") GROUP BY {keys} HAVING {differ} ORDER BY {keys}"
        )


_ACCOUNT = ("workspace", "platform", "account_id")
_RATES = (
    _Rates(
        view="response_rates",
        computed=_RESPONSE_RATES,
        keys=(*_ACCOUNT, "campaign_id", "template_id", "hour"),
        counts=("attempts", "replied_attempts", "positive_attempts", "opt_outs"),
    ),
    _Rates(
        view="step_rates",
        computed=_STEP_RATES,
        keys=(*_ACCOUNT, "campaign_id", "template_id", "step", "hour"),
        counts=("touches", "replied_touches", "positive_touches", "reply_seconds"),
    ),
)


@dataclass(frozen=True, slots=True)
class CellDifference:
    """A rate cell that is not what the touches say."""

    view: str
    cell: dict[str, Any]
    """The dimensions of the cell."""
    shown: dict[str, int]
    """The counts that the view has; zeros for a cell that it lacks."""
    computed: dict[str, int]
    """The counts that the touches give; zeros for a cell that they do not have."""


def reconcile(address: Address) -> list[CellDifference]:
    """Return every cell of the rate tables that differs from what the touches say.

    The two are read one after the other: while rows are being written, a cell may differ that
    agrees a moment later. Blocks for the server, which reads all touches.
    """
    client = address.connect()
    try:
        found = []
        for rates in _RATES:
            query = Template(rates.differences()).substitute(views=quoted_name(address.database))
            for row in client.execute(query):
                dimensions, counts = row[: len(rates.keys)], row[len(rates.keys) :]
                half = len(rates.counts)
                found.append(
                    CellDifference(
                        rates.view,
                        dict(zip(rates.keys, dimensions, strict=True)),
                        dict(zip(rates.counts, counts[:half], strict=True)),
                        dict(zip(rates.counts, counts[half:], strict=True)),
                    )
                )
        return found
    finally:
        client.disconnect()
