"""What is looked at, and what is found in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pipeline.copies import Cluster, Lockstep
from pipeline.risk._behaviour import Behaviour
from pipeline.risk._settings import RiskSettings
from pipeline.risk._share import Share


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of a minute besides the campaign's own counts; everything may be left out."""

    copies: Cluster | None = None
    """The gravest cluster of the campaign's window that ends with the minute."""
    lockstep: Lockstep | None = None
    """The gravest lockstep in which accounts of the campaign have a part."""
    workspace_answered: Share | None = None
    """What `Behaviour.answered` comes to over the campaigns of the workspace."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """All that a signal may know."""

    behaviour: Behaviour
    given: Given
    settings: RiskSettings

    def says_something(self, share: Share) -> bool:
        """Return whether there is any of it, among enough to speak of a share."""
        return share.part > 0 and share.whole >= self.settings.fewest


class Finding(NamedTuple):
    """How much there is of something, from 0 to 100, and that in a sentence without a full stop."""

    amount: float
    sentence: str
