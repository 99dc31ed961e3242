"""What is new of campaigns."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from pipeline.campaigns import Campaign
from pipeline.copies import CopyUpdate
from pipeline.pauses import Pause
from pipeline.risk._conduct import RiskUpdate
from pipeline.risk._workspace import AnswersUpdate


class News(NamedTuple):
    """All that came together; each part has its own order, and none to the others."""

    risk: Sequence[RiskUpdate] = ()
    copies: Sequence[CopyUpdate] = ()
    answers: Sequence[AnswersUpdate] = ()
    """What is usual in workspaces."""
    pauses: Sequence[Pause] = ()
    """What was decided of campaigns."""
    reviews: AbstractSet[Campaign] = frozenset()
    """Campaigns that are to be looked at though nothing of them may be new."""
