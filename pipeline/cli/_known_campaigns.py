"""Make sure that there is a campaign of this name, as far as the warehouse knows."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

from pipeline.pauses import Decision
from pipeline.warehouse import Address

_FIND: Final = """
SELECT count() FROM {database}.touches
WHERE workspace = %(workspace)s AND campaign_id = %(campaign_id)s
"""
_LIST: Final = """
SELECT DISTINCT workspace, campaign_id FROM {database}.touches WHERE campaign_id != ''
"""
_MOST_NAMED: Final = 3


class UnknownCampaignError(Exception):
    """Nothing was ever sent for a campaign; the message names those that may be meant."""


def check_campaign(address: Address, decision: Decision) -> None:
    """Raise UnknownCampaignError if nothing was ever sent for the campaign; blocks.

    Raises clickhouse_driver's own errors, too.
    """
    asked = {"workspace": decision.workspace, "campaign_id": decision.campaign_id}
    with address.connect() as client:
        ((found,),) = client.execute(_FIND.format(database=address.database), asked)
        if found:
            return
        known = client.execute(_LIST.format(database=address.database))
    raise UnknownCampaignError(_unknown(decision, known))


def _unknown(decision: Decision, known: list[tuple[str, str]]) -> str:
    said = (
        f"No message of a campaign {decision.campaign_id!r} was ever sent in workspace "
        f"{decision.workspace!r}"
    )
    elsewhere = sorted({there for there, name in known if name == decision.campaign_id})
    if elsewhere:
        return f"{said}, but in {_listed(elsewhere)}: name it with --workspace W."
    here = [name for there, name in known if there == decision.workspace]
    close = get_close_matches(decision.campaign_id, here, n=_MOST_NAMED, cutoff=0.5)
    if close:
        return f"{said}. Did you mean {' or '.join(map(repr, close))}?"
    if here:
        return f"{said}. There are {_listed(sorted(here))}."
    workspaces = sorted({there for there, _ in known})
    return f"{said}, nor of any other there. There are workspaces {_listed(workspaces)}."


def _listed(names: list[str]) -> str:
    shown = ", ".join(map(repr, names[:_MOST_NAMED]))
    return f"{shown} and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else shown
