"""Campaigns of honest people: none of them is a case for an alert."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Final

from evaluation.campaigns._kind import Kind
from evaluation.campaigns._pen import COLD, ORDINARY, WARM, Answers, Pen, labelled_openers
from evaluation.campaigns._story import DAY, HOUR, Touch
from evaluation.campaigns._touches import Draft, followed_up, openers, personal

_A_DAY: Final = 40
_GAPS: Final = (range(3 * DAY, 6 * DAY, HOUR), range(4 * DAY, 9 * DAY, HOUR))
_FORGOTTEN: Final = 10
"""One own part in so many is forgotten."""
_SOMETIMES_UNWELCOME: Final = Answers(0.2, opt_outs=0.08, negatives=0.2)


def _with_own_part(
    pen: Pen,
    size: int,
    *,
    answers: Answers = ORDINARY,
    templates: str = "templates",
    reactions: str = "reactions",
) -> list[Touch]:
    template = pen.template(templates)
    drafts = (personal(pen, template, reactions) for _ in range(size))
    return openers(pen, drafts, pen.over_days(size, _A_DAY), answers)


def _one_by_one(pen: Pen, size: int, *, language: str) -> list[Touch]:
    written = [each for each in labelled_openers(language) if _is_good(each.codes)]
    drafts = (
        Draft(each.body, each.creator_name, each.creator_content)
        for each in pen.chance.sample(written, min(size, len(written)))
    )
    return openers(pen, drafts, pen.over_days(size, _A_DAY), ORDINARY)


def _is_good(codes: Iterable[str]) -> bool:
    return "content_reference" in codes and "introduction" in codes


def _launch(pen: Pen, size: int, *, accounts: int = 1) -> list[Touch]:
    template = pen.template()
    drafts = (personal(pen, template) for _ in range(size))
    return openers(pen, drafts, pen.within(size, 3 * HOUR), ORDINARY, accounts)


def _slow_follow_ups(pen: Pen, size: int) -> Iterable[Touch]:
    return followed_up(pen, _with_own_part(pen, size), _GAPS, "follow_ups", ORDINARY)


def _handful(pen: Pen, size: int) -> list[Touch]:
    template = pen.template()
    drafts = (Draft(*pen.message(template)) for _ in range(size))
    return openers(pen, drafts, pen.within(size, 2 * HOUR), ORDINARY)


def _several_accounts(pen: Pen, size: int) -> list[Touch]:
    template = pen.template()
    drafts = (personal(pen, template) for _ in range(size))
    return openers(pen, drafts, pen.over_days(size, 2 * _A_DAY), ORDINARY, accounts=3)


def _templates_by_turns(pen: Pen, size: int) -> list[Touch]:
    templates = pen.some_of("templates", 4)
    drafts = (personal(pen, templates[number % 4]) for number in range(size))
    return openers(pen, drafts, pen.over_days(size, 2 * _A_DAY), ORDINARY, accounts=2)


def _out_of_phrases(pen: Pen, size: int) -> list[Touch]:
    """Put each own part together of a dozen phrases to begin with, and a dozen to end with."""
    template = pen.template()
    subjects, reactions = pen.some_of("subjects", 12), pen.some_of("reactions", 12)
    drafts = []
    for _ in range(size):
        subject = pen.chance.choice(subjects)
        own = f"your {pen.one_of('media')} about {subject} {pen.chance.choice(reactions)}."
        drafts.append(Draft(*pen.message(template, own), (subject,)))
    return openers(pen, drafts, pen.over_days(size, _A_DAY), ORDINARY)


def _forgetful(pen: Pen, size: int) -> list[Touch]:
    template = pen.template()
    drafts = (
        personal(pen, template) if number % _FORGOTTEN else Draft(*pen.message(template))
        for number in range(size)
    )
    return openers(pen, drafts, pen.over_days(size, _A_DAY), ORDINARY)


def _in_other_words(pen: Pen, size: int) -> list[Touch]:
    template = pen.rotated_template(honest=True)
    drafts = []
    for _ in range(size):
        own, content = pen.own_part()
        drafts.append(Draft(*pen.rotated(template, own), content))
    return openers(pen, drafts, pen.over_days(size, _A_DAY), ORDINARY)


HONEST: Final = (
    Kind("one template, own parts", 12, 200, _with_own_part),
    Kind("one template in other words, own parts", 12, 100, _in_other_words),
    Kind("own parts, four templates by turns", 40, 300, _templates_by_turns),
    Kind("own parts out of a dozen phrases", 20, 200, _out_of_phrases),
    Kind("own parts, some forgotten", 20, 80, _forgetful),
    Kind("own parts, launch within 3 hours", 20, 45, _launch),
    Kind("own parts, launch by four accounts", 60, 160, partial(_launch, accounts=4)),
    Kind("own parts, slow follow-ups", 12, 80, _slow_follow_ups),
    Kind("own parts, three accounts", 20, 400, _several_accounts),
    Kind("own parts, much answered", 12, 80, partial(_with_own_part, answers=WARM)),
    Kind("own parts, few and unanswered", 5, 11, partial(_with_own_part, answers=COLD)),
    Kind(
        "own parts, now and then unwelcome",
        30,
        150,
        partial(_with_own_part, answers=_SOMETIMES_UNWELCOME),
    ),
    Kind("own parts, young and loud", 12, 60, partial(_with_own_part, templates="loud_templates")),
    Kind("own parts, clumsy", 12, 60, partial(_with_own_part, templates="clumsy_templates")),
    Kind("own parts of a few words", 12, 80, partial(_with_own_part, reactions="short_reactions")),
    Kind("a handful with the name alone", 2, 4, _handful),
    Kind("written one by one, English", 10, 150, partial(_one_by_one, language="en")),
    Kind("written one by one, German", 10, 60, partial(_one_by_one, language="de")),
    Kind("written one by one, Spanish", 10, 40, partial(_one_by_one, language="es")),
    Kind("written one by one, French", 10, 60, partial(_one_by_one, language="fr")),
    Kind("written one by one, Portuguese", 10, 40, partial(_one_by_one, language="pt")),
)
