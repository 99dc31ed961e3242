"""How likely creators are to answer, and how soon."""

from __future__ import annotations

from examples.agency_quarter._calendar import MINUTE, awake, wall_clock
from examples.agency_quarter._chance import Chance, Curve
from examples.agency_quarter._history import Attempt
from examples.agency_quarter._people import Creator

_PLATFORM_PULL = {"instagram": 1.0, "tiktok": 0.8, "x": 0.66, "linkedin": 1.18}
_MIDWEEK = (1, 2, 3)
_WEEKEND = (5, 6)
_LARGE = 200_000
_KEEPS_SLEEPING = 0.85

_MINUTES_TO_REPLY: Curve = (
    (0, 1),
    (0.15, 14),
    (0.4, 95),
    (0.65, 430),
    (0.85, 1_500),
    (0.96, 4_600),
    (1, 23_000),
)


def reply_probability(attempt: Attempt, moment: int) -> float:
    """Return how likely the creator is to answer the touch that goes out at this moment."""
    rates = attempt.campaign.manner.reply_rates
    creator = attempt.conversation.creator
    return (
        rates[min(attempt.step, len(rates) - 1)]
        * attempt.campaign.pull
        * attempt.template.pull
        * _PLATFORM_PULL[creator.platform]
        * _clock_pull(moment, creator)
        * (0.55 if creator.followers > _LARGE else 1.0)
        * (1.3 if attempt.conversation.accepted else 1.0)
    )


def reply_moment(moment: int, creator: Creator, chance: Chance) -> int:
    """Return when a creator answers a message of this moment; most of them sleep at night."""
    answered = moment + int(chance.along(_MINUTES_TO_REPLY) * MINUTE) + chance.between(0, MINUTE)
    if not chance.happens(_KEEPS_SLEEPING):
        return answered
    return awake(answered, creator.offset_minutes, chance)


def _clock_pull(moment: int, creator: Creator) -> float:
    """Return how well the hour suits: best from Tuesday to Thursday in the creator's morning."""
    weekday, hour = wall_clock(moment, creator.offset_minutes)
    if hour < 7 or hour >= 22:  # noqa: PLR2004 - the hours of a day are clearest as themselves
        return 0.4
    if weekday in _WEEKEND:
        return 0.65
    if hour in (8, 9, 10, 11):
        return 1.4 if weekday in _MIDWEEK else 1.05
    return 0.95 if hour < 17 else 0.75  # noqa: PLR2004 - the same
