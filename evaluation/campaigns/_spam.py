"""Campaigns of spammers: each of them should raise an alert."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

from evaluation.campaigns._kind import Kind
from evaluation.campaigns._pen import ANNOYED, Answers, Pen, labelled_openers
from evaluation.campaigns._story import HOUR, MINUTE, Touch
from evaluation.campaigns._touches import Draft, followed_up, openers, personal
from evaluation.duplicates import EVASIONS, HELD_OUT, REARRANGED, Message

_SELDOM: Final = Answers(0.03, opt_outs=0.3, negatives=0.3, positives=0.1)
_TOO_SOON: Final = range(6 * HOUR, 30 * HOUR, HOUR)
_PESTERING: Final = (_TOO_SOON,) * 5
_OTHERS: Final = ("de", "es", "fr", "pt")

Moments = Callable[[Pen, int], list[int]]
Rewriting = Callable[[Pen, Message], Message]


def _at_once(pen: Pen, size: int) -> list[int]:
    return pen.within(size, HOUR)


def _in_a_day(pen: Pen, size: int) -> list[int]:
    return pen.within(size, pen.chance.randrange(2 * HOUR, 9 * HOUR))


def _in_minutes(pen: Pen, size: int) -> list[int]:
    return pen.within(size, 5 * MINUTE)


def _dripping(pen: Pen, size: int) -> list[int]:
    apart = pen.chance.randrange(10 * MINUTE, 25 * MINUTE)
    return [number * apart for number in range(size)]


def _copies(pen: Pen, size: int, *, when: Moments, accounts: int = 1) -> list[Touch]:
    template = pen.template()
    drafts = (Draft(*pen.message(template)) for _ in range(size))
    return openers(pen, drafts, when(pen, size), _SELDOM, accounts)


def _disguised(pen: Pen, size: int, *, evasion: str | None) -> list[Touch]:
    """Write copies in one disguise, or each in another where none is named."""
    template = pen.template()
    drafts = (
        Draft(*pen.disguised(pen.message(template), evasion or pen.chance.choice(list(EVASIONS))))
        for _ in range(size)
    )
    return openers(pen, drafts, _in_a_day(pen, size), _SELDOM)


def _rotated(pen: Pen, size: int, *, also_disguised: bool) -> list[Touch]:
    template = pen.rotated_template()
    drafts = []
    for _ in range(size):
        message = pen.rotated(template)
        if also_disguised:
            message = pen.disguised(message, pen.chance.choice(list(EVASIONS)))
        drafts.append(Draft(*message))
    return openers(pen, drafts, _in_a_day(pen, size), _SELDOM)


def _flattering(pen: Pen, size: int) -> list[Touch]:
    template = pen.template()
    drafts = (Draft(*pen.message(template, pen.one_of("compliments"))) for _ in range(size))
    return openers(pen, drafts, _in_a_day(pen, size), _SELDOM)


def _filled_in(pen: Pen, size: int) -> list[Touch]:
    template = pen.template()
    drafts = (
        Draft(*pen.message(template, f"we love your {pen.one_of('niches')} content!"))
        for _ in range(size)
    )
    return openers(pen, drafts, _in_a_day(pen, size), _SELDOM)


def _by_turns(pen: Pen, size: int) -> list[Touch]:
    """Write copies of four texts that have nothing in common."""
    templates = pen.some_of("templates", 4)
    drafts = (Draft(*pen.message(templates[number % 4])) for number in range(size))
    return openers(pen, drafts, _in_a_day(pen, size), _SELDOM)


def _each_by_another(pen: Pen, size: int) -> list[Touch]:
    return _copies(pen, size, when=_in_a_day, accounts=size)


def _elsewhere(pen: Pen, size: int) -> list[Touch]:
    template = pen.rotated_template(pen.chance.choice(_OTHERS))
    drafts = (Draft(*pen.plain(template)) for _ in range(size))
    return openers(pen, drafts, _in_a_day(pen, size), _SELDOM)


def _half_honest(pen: Pen, size: int) -> list[Touch]:
    template = pen.template()
    drafts = (
        personal(pen, template) if number % 2 else Draft(*pen.message(template))
        for number in range(size)
    )
    return openers(pen, drafts, _in_a_day(pen, size), _SELDOM)


def _pushy(pen: Pen, size: int) -> Iterable[Touch]:
    """Send what is spammy in other words each time, and pester whoever does not answer."""
    written = [each for each in labelled_openers("en") if len(each.signals) > 1]
    drafts = (
        Draft(each.body, each.creator_name)
        for each in pen.chance.sample(written, min(size, len(written)))
    )
    touches = openers(pen, drafts, _dripping(pen, size), ANNOYED)
    return followed_up(pen, touches, _PESTERING[:3], "pushy_follow_ups", ANNOYED)


def _pestering(pen: Pen, size: int) -> Iterable[Touch]:
    """Send openers with own parts, and then five follow-ups, one a day."""
    template = pen.template()
    drafts = (personal(pen, template) for _ in range(size))
    touches = openers(pen, drafts, pen.over_days(size, size), _SELDOM)
    return followed_up(pen, touches, _PESTERING, "pushy_follow_ups", ANNOYED)


SPAM: Final = (
    Kind("copies, within minutes", 15, 40, partial(_copies, when=_in_minutes)),
    Kind("copies, within the hour", 20, 400, partial(_copies, when=_at_once)),
    Kind("copies, one by one for days", 60, 300, partial(_copies, when=_dripping)),
    Kind("copies, accounts in lockstep", 30, 120, partial(_copies, when=_at_once, accounts=4)),
    *(
        Kind(f"copies, {evasion}", 25, 150, partial(_disguised, evasion=evasion))
        for evasion in (*EVASIONS, *REARRANGED, *HELD_OUT)
    ),
    Kind("copies, each in another disguise", 25, 150, partial(_disguised, evasion=None)),
    Kind("copies, synonyms in rotation", 25, 150, partial(_rotated, also_disguised=False)),
    Kind("copies, synonyms and another disguise", 25, 150, partial(_rotated, also_disguised=True)),
    Kind("copies, compliments in rotation", 25, 150, _flattering),
    Kind("copies, a niche filled in", 25, 150, _filled_in),
    Kind("copies, four texts by turns", 40, 150, _by_turns),
    Kind("copies, each by another account", 25, 80, _each_by_another),
    Kind("copies, other languages", 25, 150, _elsewhere),
    Kind("copies, every other with an own part", 60, 200, _half_honest),
    Kind("pushy, each in other words", 25, 120, _pushy),
    Kind("own parts, then pestering", 25, 80, _pestering),
)
