"""What every part of the imitation works with."""

from __future__ import annotations

from dataclasses import dataclass

from examples.agency_quarter._agenda import Agenda
from examples.agency_quarter._chance import Chance
from examples.agency_quarter._composer import Composer
from examples.agency_quarter._history import History
from examples.agency_quarter._journal import Journal


@dataclass(frozen=True, slots=True)
class Stage:
    """One quarter in the making."""

    chance: Chance
    agenda: Agenda
    history: History
    composer: Composer
    journal: Journal
