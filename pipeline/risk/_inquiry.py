"""What is looked at, and what is found in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from pipeline.copies import (
    DEFAULT_COPY_SETTINGS,
    Copies,
    CopySettings,
    Lockstep,
    Window,
    copies_in,
    find_clusters,
    find_lockstep,
)
from pipeline.risk._behaviour import Behaviour
from pipeline.risk._settings import RiskSettings
from pipeline.risk._share import Share


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of a minute besides the campaign's own counts; everything may be left out."""

    copies: Copies | None = None
    """The copies of the campaign's window that ends with the minute: of one text, or of several."""
    lockstep: Lockstep | None = None
    """The gravest lockstep among the campaign's own messages."""
    workspace_answered: Share | None = None
    """What `Behaviour.answered` comes to over the campaigns of the workspace."""


def given_by(
    window: Window,
    workspace_answered: Share | None = None,
    settings: CopySettings = DEFAULT_COPY_SETTINGS,
) -> Given:
    """Return what the window of a campaign shows, which ends with the minute that is looked at."""
    clusters = find_clusters(window, settings)
    lockstep = find_lockstep(window, clusters, settings)
    copies = copies_in(window, clusters, settings)
    return Given(copies, next(iter(lockstep), None), workspace_answered)


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
