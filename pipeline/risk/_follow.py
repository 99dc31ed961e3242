"""How much of what is new may be followed, of which more may be on its way."""

from __future__ import annotations

from enum import Enum, auto


class Follow(Enum):
    """What can be said of campaigns at this moment.

    Openers, follow-ups and replies come by different ways. Of a month that is loaded, the
    follow-ups may be there before their openers, and are taken for openers that are all alike. An
    alert is a fact, and so is a pause: neither may rest on that.
    """

    NOTHING = auto()
    """Nothing yet: more of the same time is on its way."""
    NEWEST = auto()
    """Of the last hour only, of which people are to hear soon: who was written to first is known
    by then."""
    ALL = auto()
    """Everything: all that was there has come."""
